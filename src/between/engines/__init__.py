"""The model door: any OpenAI-compatible endpoint, and the only place that knows LangChain or OpenAI."""
