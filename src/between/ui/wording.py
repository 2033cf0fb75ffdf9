"""Every word that the screens say, in one place, so that a clinician can review them without reading code.

Plain, warm, short; reading age about 12; sentence case; buttons are verbs. The companion's own replies,
the safety cards and the exercises are in ``prompts/``.
"""

from __future__ import annotations

from between.ui.chart_words import ChartWords
from between.ui.dates import MONTHS, WEEKDAYS

NAME = "Between"
TAGLINE = "A private journal that answers back, for the time between therapy sessions."
AI_LINE = "An AI, not a person."
AI_LINE_LONG = "You are writing with an AI, not a person. It cannot feel, and it can be wrong."
HELP = "Get help now"
LOCK = "Lock"
BACK = "Back"
NEXT = "Continue"
CANCEL = "Cancel"
SAVE = "Save"
DELETE = "Delete"
EDIT = "Edit"
CLOSE = "Close"

# The door: first run -------------------------------------------------------------------------------

DOOR_STEP = "{n} of 5"
DOOR_WHAT_TITLE = "A place to think, between sessions"
DOOR_WHAT = (
    "Between is an AI journal. You write; it mirrors your own words back, offers another way to look at "
    "things, and remembers what you wrote before.",
)
DOOR_IS_TITLE = "What it is"
DOOR_IS = (
    "A tool to think with and to get ready for talking with people.",
    "A diary that only you can open.",
    "Useful when you need it less.",
)
DOOR_IS_NOT_TITLE = "What it is not"
DOOR_IS_NOT = (
    "Not a person, and not therapy. It cannot feel, and it can be wrong.",
    "Not watched by anyone. Nobody reads along.",
    "Not for emergencies. In danger, please use “Get help now”.",
)
DOOR_ADULT = "I am 18 or older."
DOOR_ADULT_NEEDED = "Between is made for adults. Please tick the box if you are 18 or older."
DOOR_YOUNG = "Younger than 18? “Get help now” lists people who are there for young people too."

DOOR_WORDS_TITLE = "Where your words live"
DOOR_WORDS = (
    "On this computer, in one folder, locked with a key that only you hold. No name, no e-mail, no account.",
    "While your space is open, the computer that runs Between can read it. When it is locked, nobody can "
    "without your passphrase.",
    "Nothing is sent anywhere, unless you later choose an outside AI model. Then you see what is sent "
    "before the first word leaves.",
    "If you lose both the passphrase and the recovery code, your words are gone. There is no back door.",
)

KNOW_TITLE = "Before you start"
KNOW_EXAMPLE = (
    "It can be wrong. Someone writes: “I never called her back. Typical.” It answers: “You sound angry with her.” "
    "That was a bad guess: they were angry with themselves. Say so when it is off, and your version counts."
)
KNOW_QUESTIONS = {
    "who": (
        "Who answers you here?",
        {"person": "A person", "ai": "An AI"},
        "ai",
        "An AI answers. Nobody reads along, and nothing here feels.",
    ),
    "wrong": (
        "Can what it says be wrong?",
        {"no": "No", "yes": "Yes"},
        "yes",
        "Yes, it can be wrong, also when it sounds sure. You know your life; it only has your words.",
    ),
    "danger": (
        "You are in danger tonight. What helps?",
        {"here": "Writing about it here", "call": "Calling people who answer"},
        "call",
        "People help in danger. Between cannot call anyone for you; “Get help now” shows who answers.",
    ),
}
KNOW_RIGHT = "That's right."
KNOW_WRONG = "Not quite, and good to know now."
KNOW_CHECK = "See the answers"
KNOW_SKIP = "Skip"

DOOR_COUNTRY_TITLE = "Where are you?"
DOOR_COUNTRY = "So that “Get help now” shows numbers that work for you. You can change it at any time."
DOOR_COUNTRY_LABEL = "Country"
DOOR_COUNTRY_NONE = "I would rather not say"

DOOR_BEGIN_TITLE = "Have a look first, or begin"
DOOR_DEMO_TITLE = "Explore a demo life"
DOOR_DEMO = "The diary of an invented person, to see how everything works. Nothing you do there is kept."
DOOR_DEMO_BUTTON = "Explore the demo"
DOOR_OWN_TITLE = "Make your own space"
DOOR_OWN = "Choose a passphrase and start writing. It takes a minute."
DOOR_OWN_BUTTON = "Make my space"

CREATE_TITLE = "Choose a passphrase"
CREATE_INTRO = (
    "Several ordinary words are easier to remember and harder to guess than one clever word. "
    "At least 15 characters."
)
CREATE_LABEL = "Passphrase"
CREATE_REPEAT = "The same again"
CREATE_BUTTON = "Make my space"
CREATE_SUGGEST = "A suggestion that nobody has used:"
CREATE_USE = "Use this one"
CREATE_DIFFERENT = "The two do not match. Please type them again."

STRENGTH = {
    "good": "Hard to guess. Good.",
    "weak": "Too easy to guess.",
}
STRENGTH_ADVICE = {
    "too_short": "Use at least 15 characters.",
    "too_long": "Use at most 256 characters.",
    "unreadable": "It has a character that cannot be used here.",
    "more_words": "Add another word or two that have nothing to do with each other.",
    "common": "Parts of it are among the passphrases that people try first.",
    "name": "Names and places are easy to try.",
    "date": "Dates are easy to try.",
    "repeats": "Repeats make it easy to guess.",
    "sequence": "Rows such as abcd or 1234 are easy to guess.",
    "keyboard": "Rows of keys on the keyboard are easy to guess.",
    "about_between": "Leave out the name of this app and of your space.",
}

CREATED_TITLE = "Your space is ready"
CREATED_NAME = "Its name"
CREATED_NAME_WHY = "You need it to unlock from another browser. It says nothing about you."
CREATED_CODE = "Recovery code"
CREATED_CODE_WHY = (
    "The only other way in, if you forget the passphrase. It is shown once. Print it or write it down, and "
    "keep it where you keep important papers."
)
CREATED_PRINT = "Print this page"
CREATED_KEPT = "I have kept it safe."
CREATED_BUTTON = "Open my space"

UNLOCK_TITLE = "Welcome back"
UNLOCK_NAME = "Name of your space"
UNLOCK_LABEL = "Passphrase"
UNLOCK_BUTTON = "Unlock"
UNLOCK_FORGOT = "I forgot the passphrase"
UNLOCK_NEW = "Make a new space"
UNLOCK_DEMO = "Explore a demo life"
UNLOCK_WAIT = "Too many tries. Please wait {wait} and try again. Your recovery code works at any time."
LOCKED_NOTE = "Your space is locked."
DELETED_NOTE = "Your space and everything in it was deleted from this computer."

RECOVER_TITLE = "Open with the recovery code"
RECOVER_INTRO = (
    "Choose a new passphrase too. The old passphrase and this code stop working; you get a new code."
)
RECOVER_CODE = "Recovery code"
RECOVER_NEW = "New passphrase"
RECOVER_BUTTON = "Open my space"

BAD_ORIGIN = "This request came from another page and was refused."
DOOR_ERROR_TITLE = "Something went wrong"
DOOR_ERROR = "Nothing was lost. Please go back and try again."

# Help now ------------------------------------------------------------------------------------------

HELP_TITLE = "Get help now"
HELP_INTRO = "People who answer, right now. You do not need to be sure, and you do not need the right words."
HELP_EMERGENCY = "In danger now"
HELP_LINES = "Talk to someone"
HELP_COUNTRY = "Numbers for"
HELP_CHANGE = "Show"
HELP_NO_COUNTRY = (
    "Choose your country to see its numbers. In most of the world 112 or 911 reaches an emergency service."
)
HELP_TOPIC = "What is it about?"
HELP_TOPICS = {
    "": "Anything at all",
    "hurt": "Someone hurts me",
    "child": "A child or young person",
    "eating": "Eating",
    "substance": "Drink or drugs",
    "loss": "Someone I lost",
    "lgbtq": "LGBTQ+",
    "veterans": "Veterans",
    "poison": "Poison or overdose",
    "perinatal": "Pregnancy and a new baby",
}
HELP_TOPIC_LINES = "People who know about this"
HELP_TOPIC_NONE = "No line of its own is known here for this. These people listen whatever it is."
HELP_TEXT = "Text {body} to {to}"
HELP_TEXT_ONLY = "Text {to}"
HELP_CHAT = "Chat on the web"
HELP_WHATSAPP = "WhatsApp {number}"
HELP_ALWAYS = "Open now, day and night"
HELP_UNTIL = "Open now, until {time}"
HELP_OPENS = "Closed now, opens {time}"
HELP_SOME_HOURS = "Not open at all hours"
HELP_DAY_TIME = "{day} {time}"
HELP_PLACE_TIME = "{time}, {place} time"
HELP_FOR = "For {audience}"
HELP_COSTS = "The call may cost something"
HELP_CHECKED = "Checked against a source in {month}"
HELP_LISTED = "Listed in {month}, not yet tried by calling"
HELP_UNSURE = "A number does not work or is wrong? Please tell us, so that it can be put right."
HELP_ELSEWHERE = "Not here? These list lines in most countries:"
HELP_NEW_TAB = "opens in a new tab"
HELP_WHAT_TITLE = "What happens when you call"
HELP_WHAT = (
    "Someone asks what is going on. You can say as little as you like.",
    "They listen, and help you get through the next hour. You decide what happens next.",
    "If talking is too much, say: “I am not doing well and I don't know where to start.”",
    "You can hang up at any time.",
)
HELP_PERSON_TITLE = "Be with someone"
HELP_PERSON = (
    "Go where another person is: a neighbour, a friend, a waiting room, a shop. "
    "You can say: “Can you stay with me for a while? I am having a hard time.”"
)
HELP_GROUND_TITLE = "One minute, nothing needed"
HELP_GROUND = (
    "Put both feet on the floor.",
    "Name five things you can see.",
    "Four you can touch. Three you can hear. Two you can smell. One you can taste.",
    "Breathe out slowly, longer than you breathe in. Three times.",
)
HELP_BACK = "Back to where I was"

# Leaving quickly: for someone who is looked over the shoulder. The page that is shown says nothing.
LEAVE = "Leave quickly"
LEAVE_HOW = "“Leave quickly”, or Escape three times, locks Between and shows an empty page."
LEAVE_BLANK_TITLE = "New tab"
HELP_PROTOCOL = "What Between does in a hard moment"
HELP_AI = "Between is an AI. It cannot call anyone for you and nobody reads along, so please reach a person."

# The safety plan and people to reach; headings, hints and messages are in prompts/safety/plan.toml ---

PLAN_TITLE = "Plan and people"
PLAN_VIEWS = {"plan": "My safety plan", "people": "Write to someone"}
PLAN_INTRO = (
    "Your own words for a hard hour, written in a calmer one. Leave out what does not fit. "
    "It is kept only when you save it, never brought back in chat, and sent to nobody."
)
PLAN_SAVE = "Save my plan"
PLAN_SAVED = "Your plan is saved."
PLAN_SAVED_ON = "Saved {when}."
PLAN_PRINT = "View to print"
PLAN_DELETE = "Delete the plan"
PLAN_DELETE_SURE = "This removes the plan now and for good. The people stay."
PLAN_DELETED = "The plan is gone."
PLAN_EMPTY = "Nothing is saved yet."
PLAN_PRINTED = "Printed from Between on {when}. It is not locked: keep it where only you find it."
PEOPLE_INTRO = (
    "People you could reach, chosen by you. Between never writes to them: it helps you with the words, and "
    "you send them yourself."
)
PEOPLE_NONE = "Nobody is on your list yet."
PEOPLE_ADD = "Add someone"
PEOPLE_NAME = "Name"
PEOPLE_REACH = "Telephone or e-mail"
PEOPLE_REACH_HELP = "Or any other way, such as “next door”"
PEOPLE_NOTE = "Note"
PEOPLE_NOTE_HELP = "Such as “good at night”"
PEOPLE_SAVE_NEW = "Add to my list"
PEOPLE_CHANGE = "Change or remove {name}"
PEOPLE_REMOVE = "Remove from my list"
PEOPLE_SAVED = "Saved."
PEOPLE_REMOVED = "Removed from your list."
PEOPLE_NO_NAME = "Please give a name; any name that you know them by."
PEOPLE_WHO = "Who?"
MESSAGE_KIND = "What would you like to say?"
MESSAGE_TEXT = "Your message. Change it as you like."
MESSAGE_COPY = "Copy the message"
MESSAGE_COPIED = "Copied. Nothing was sent."
MESSAGE_NOT_COPIED = "Your browser did not allow it. Please mark the text and copy it."
MESSAGE_SMS = "Open in text messages"
MESSAGE_MAIL = "Open in e-mail"
MESSAGE_CALL = "Call {number}"
MESSAGE_NOTE = "These open your own app with the words in it. You press send there, or not."
CARD_PLAN = "My safety plan"
CARD_REACH = "Write to someone"
CARD_START = "Start here"
CARD_UNSAVE_MESSAGE = "Do not keep this message"
CARD_UNSAVE_ENTRY = "Do not keep this entry"
CARD_UNSAVED = "It is gone. Clearing the history of the browser is up to you."

# Frame ---------------------------------------------------------------------------------------------

PAGE_CHAT = "Chat"
PAGE_JOURNAL = "Journal"
PAGE_INSIGHTS = "Insights"
PAGE_MEMORY = "Memory"
PAGE_HELP = "Get help now"
PAGE_PLAN = "Plan and people"
PAGE_SETTINGS = "Settings"
STATE_MEMORY_ON = "Memory on"
STATE_MEMORY_OFF = "Memory off"
STATE_GUIDE = "guide, stays on this computer"
STATE_MODEL_LOCAL = "{model}, stays on this computer"
STATE_MODEL_AWAY = "{model}, words go to {origin}"
STATE_MODEL_WAITS = "Your model waits for your yes in Settings; the guide answers until then"
STATE_DEMO = "Demo life: an invented person; nothing here is kept"
STATE_FILLING = "Reading your past entries: {done} of {total}"
LEAVE_DEMO = "Leave the demo"
LOCKED_TITLE = "Locked"
LOCKED = "Your space is locked. Your words are safe."
LOCKED_UNLOCK = "Unlock"
ERROR_TITLE = "Something went wrong on this page"
ERROR = "What you wrote before is kept. Reload the page to go on. Reference: {ref}"

# Chat ----------------------------------------------------------------------------------------------

CHAT_INPUT = "Write here"
CHAT_EMPTY = "What is on your mind?"
CHAT_EMPTY_LINE = "Write as it comes. One question at most comes back, and you can stop at any time."
CHAT_CHIPS = {
    "listen": ("Just listen", "I just want to write this down and be heard."),
    "ask": ("Ask me something", "Ask me a question to get started."),
    "view": ("Another view", "I'd like another way to look at something."),
    "past": ("What did I write about …", "What did I write about work lately?"),
}
CHAT_NEW = "New conversation"
CHAT_NEW_PRIVATE = "New, not remembered"
CHAT_NEW_PRIVATE_HELP = "Kept in your space, but never brought back in other conversations or insights."
CHAT_PAST = "Conversations"
CHAT_UNTITLED = "New conversation"
CHAT_DELETE = "Delete this conversation"
CHAT_DELETE_SURE = "This removes the conversation and everything remembered from it, now and for good."
CHAT_DELETED = "The conversation is gone."
CHAT_PARTIAL = "This reply was cut short."
CHAT_AGAIN = "Try again"
CHAT_REGENERATE = "Say it differently"
CHAT_NOT_MEANT = "That's not what I meant"
CHAT_NOT_MEANT_DONE = "Noted. Say it again in your own way, and we go from there."
CHAT_REPORT = "Report"
CHAT_REPORT_HELP = "What was wrong with this reply? It is kept here, in your space, and sent to nobody."
CHAT_REPORT_COMMENT = "What was wrong, if you like"
CHAT_REPORT_DONE = "Kept with the reply. Settings lists what you reported."
CHAT_REPORTED = "Reported"
CHAT_REPORT_BACK = "Take it back"
CHAT_REPORT_BACK_DONE = "The report is gone."
CHAT_REPORT_BUTTON = "Keep this report"
CHAT_REMEMBERED = "Remembered {n}"
CHAT_REMEMBERED_HELP = "Passages from your own past that this reply used."
CHAT_OPEN_ENTRY = "Open the entry"
CHAT_SENT = "What left this computer"
CHAT_SENT_NOTHING = "Nothing. This reply was made on this computer."
CHAT_SENT_FORGOTTEN = "What was sent held words that you have forgotten since, so it is no longer kept here."
CHAT_SENT_TO = "Sent to {origin}, word for word:"
CHAT_SENT_LOCAL = "Sent to {origin} on this computer, word for word:"
CHAT_OPINION = {
    "raised": "A second opinion was asked for on what you wrote. It took it for more serious than the rules here did.",
    "lowered": "A second opinion was asked for on what you wrote. It took it for less serious, so the usual answer came.",
    "same": "A second opinion was asked for on what you wrote. It changed nothing.",
    "unavailable": "A second opinion was asked for on what you wrote. None came, so the rules here stood alone.",
}
CHAT_HELD_BACK = "Part of this reply was held back by the safety rules and replaced."
CHAT_STANCE = "How should it answer?"
CHAT_STANCES = {
    "listen": "Listen",
    "explore": "Explore",
    "challenge": "Challenge gently",
    "practical": "Be practical",
}
CHAT_ENGINE_FAILED = "{reason} What you wrote is kept."
CHAT_USE_GUIDE = "Answer with the guide"
CHAT_TO_ENTRY = "Turn into an entry"
CHAT_TO_ENTRY_DONE = "Saved in your journal."
CHAT_DRAFT_LET_GO = "Let it go"
CHAT_TOO_LONG = "That is longer than one message can be. It fits in the journal as an entry."
CHAT_AGREE_TITLE = "Before the first word leaves"
CHAT_WHY = {
    "words": "the same words: {detail}",
    "meaning": "close in meaning",
    "date": "from {detail}",
    "person": "also about {detail}",
}

# Consent to a model --------------------------------------------------------------------------------

CONSENT_AWAY = (
    "To answer, your words leave this computer and go to {origin}, which runs the model {model}.",
    "What is sent each time: your message, the last messages of this conversation, up to three passages from "
    "your past that fit, and the instructions to the model.",
    "What is never sent: your passphrase, your keys, the rest of your diary.",
    "The company that runs the model can read what is sent, and may keep it for a while under its own rules. "
    "Between asks it not to store replies.",
    "Under each reply you can see exactly what was sent. You can switch back to the guide at any time.",
)
CONSENT_LOCAL = (
    "The model {model} runs at {origin}, on this computer. Your words do not leave it.",
    "What is given to it each time: your message, the last messages of this conversation, up to three passages "
    "from your past that fit, and the instructions to the model.",
    "A model can be wrong and can sound surer than it is.",
)
CONSENT_BUTTON = "I agree, use {model}"
CONSENT_NO = "Stay with the guide"

# Journal -------------------------------------------------------------------------------------------

JOURNAL_VIEWS = {"write": "Write", "list": "Look back", "search": "Search", "import": "Bring in"}
JOURNAL_PLACEHOLDER = "Write as it comes."
JOURNAL_TEXT = "Today's page"
JOURNAL_TITLE_FIELD = "Title, if you like"
JOURNAL_DATE = "Day"
JOURNAL_TIME = "Time"
JOURNAL_MOOD = "How was it?"
JOURNAL_MOODS = {1: "Very low", 2: "Low", 3: "So-so", 4: "Good", 5: "Very good"}
JOURNAL_TAGS = "Tags"
JOURNAL_TAGS_PLACEHOLDER = "Choose or add"
JOURNAL_REMEMBER = "May be brought back later"
JOURNAL_REMEMBER_HELP = "Off: this entry stays in your journal, but never comes back in chat or insights."
JOURNAL_MORE = "Day, tags and more"
JOURNAL_SAVE = "Save entry"
JOURNAL_SAVED = "Saved."
JOURNAL_EDIT_DRAFT = "You began to change this entry {when} and did not save. The entry is as it was."
JOURNAL_EDIT_DRAFT_USE = "Go on with it"
JOURNAL_DRAFT_KEPT = "Picked up where you stopped."
DRAFT_TRYING = "Not kept yet. Trying again …"
DRAFT_LOST = "What you write is not being kept. Please save it, or copy it, before you leave."
DRAFT_ENDED = "This was saved or removed in another tab. What you add here is not kept until you save it."
JOURNAL_DRAFT_NOTE = "Saved as you write."
JOURNAL_FUTURE = "That day has not come yet."
JOURNAL_PROMPTS_TITLE = "Need a start?"
JOURNAL_LIST_EMPTY = "Nothing written yet."
JOURNAL_LIST_EMPTY_ACTION = "Write the first entry"
JOURNAL_MONTH = "Month"
JOURNAL_ALL_TAGS = "All tags"
JOURNAL_ALL_MONTHS = "All months"
JOURNAL_CALENDAR = "As a calendar"
JOURNAL_OPEN = "Open"
JOURNAL_GONE = "This entry is no longer here."
JOURNAL_SHOW_MORE = "Show more"
JOURNAL_EDIT_TITLE = "Edit entry"
JOURNAL_DELETE_SURE = "This removes the entry and everything made from it, now and for good."
JOURNAL_DELETE_YES = "Delete for good"
JOURNAL_DELETED = "Gone, also from memory and insights."
JOURNAL_SEARCH = "Find in your journal"
JOURNAL_SEARCH_PLACEHOLDER = "Words, or what it was about; “in March” works too"
JOURNAL_SEARCH_HOW = {"both": "Words and meaning", "words": "Exact words"}
JOURNAL_SEARCH_NONE = "Nothing found for that."
JOURNAL_SEARCH_PERIOD = "Looking between {start} and {end}."
JOURNAL_SEARCH_PERIOD_OFF = "Look at all days"
JOURNAL_UNTITLED = "Entry"
JOURNAL_WORDS = "{n} words"
JOURNAL_NOT_REMEMBERED = "not brought back"
JOURNAL_DEMO_NOTE = "This is the demo; what you write is gone when you leave."

IMPORT_TITLE = "Bring in what you wrote elsewhere"
IMPORT_INTRO = "Markdown (one file or a zip), CSV, JSON lines, jrnl text, or a Between export. Nothing is saved before you say so."
IMPORT_FILE = "Choose a file"
IMPORT_FOUND = "{n} entries found, {start} to {end}."
IMPORT_NONE = "No entries with a date were found in this file."
IMPORT_DUPLICATES = "{n} are already here and will be left out."
IMPORT_UNDATED = "{n} have no date and are left out. Add a date to them in the file to bring them in."
IMPORT_AMBIGUOUS = "Dates such as 03/04/2021 were read with the month first."
IMPORT_SKIPPED = "{n} could not be read."
IMPORT_SKIPPED_WHY = "Which ones, and why"
IMPORT_SKIP_REASONS = {
    "empty": "nothing in it",
    "future": "a day that has not come yet",
    "unreadable": "could not be read",
    "not_text": "not text",
    "nested": "an archive inside the archive",
    "not_an_entry": "not an entry",
    "missing": "named in the list, but not in the file",
}
IMPORT_BUTTON = "Bring in {n} entries"
IMPORT_RUNNING = "Bringing in {done} of {total}"
IMPORT_DONE = "{n} entries brought in. They are being read for memory in the background."
IMPORT_STOPPED = "Stopped. {n} entries were brought in."

# Insights ------------------------------------------------------------------------------------------

INSIGHTS_TITLE = "Insights"
INSIGHTS_PAUSED = (
    "Patterns rest for a few days, so that nothing is read into what you wrote. Your entries are all there."
)
INSIGHTS_INTRO = "A mirror with sources: everything here is counted or quoted from what you wrote."
INSIGHTS_NOT_ENOUGH = "Not enough yet. Insights start at 5 entries over 7 days; you have {have} over {days}."
INSIGHTS_NOT_ENOUGH_ACTION = "Write an entry"
INSIGHTS_MOOD = "Mood over time"
INSIGHTS_MOOD_NOTE = "Only days that you rated; gaps are days without a rating."
INSIGHTS_MOOD_NONE = "You have not rated a day yet."
INSIGHTS_WEEKDAY = "Mood by day of the week"
INSIGHTS_CALENDAR = "Days you wrote"
INSIGHTS_THEMES = "What returns"
INSIGHTS_THEMES_NOTE = "A theme is shown only with quotes from at least three days."
INSIGHTS_IN_OF = "In {n} of {of} entries, {since} to {until}."
INSIGHTS_AGAINST = "{n} entries point the other way"
INSIGHTS_QUOTES = "Your words"
INSIGHTS_LOOKING = "Looking through your entries. Mood and days are there already."
INSIGHTS_NONE = "Nothing returns often enough to show."
INSIGHTS_VIEWS = {"patterns": "What returns", "mood": "Mood", "days": "Days"}
PATTERNS = {
    "insights.theme": "You come back to {words}",
    "insights.recurring": "“{word}” keeps coming up",
    "insights.weekday_lower": "{weekday}s are {strength} lower than your other days",
    "insights.weekday_higher": "{weekday}s are {strength} better than your other days",
    "insights.lower_with": "Days with “{word}” are {strength} lower",
    "insights.higher_with": "Days with “{word}” are {strength} better",
    "insights.lower_after": "The day after “{word}” is {strength} lower",
    "insights.higher_after": "The day after “{word}” is {strength} better",
    "insights.lower_poor_night": "The day after a poor night is {strength} lower",
    "insights.higher_poor_night": "The day after a poor night is {strength} better",
    "insights.lower_good_night": "The day after a good night is {strength} lower",
    "insights.higher_good_night": "The day after a good night is {strength} better",
    "insights.hard_on_self_with": "On days with “{word}” you are harder on yourself",
    "insights.hard_on_self_after": "The day after “{word}” you are harder on yourself",
}
STRENGTHS = {"slight": "a little", "clear": "clearly", "strong": "much"}
PATTERN_COUNTS = {
    "weekday": "On {n} of {of} such days that you rated, {since} to {until}. A guess from what you wrote.",
    "goes_with": "On {n} of {of} such days that you rated, {since} to {until}. Going together is not a cause.",
    "hard_on_self": "On {n} of {of} such days, {since} to {until}. Going together is not a cause.",
    "recurring": "On {n} of {of} days that you wrote, {since} to {until}.",
}
INSIGHTS_MORE = "More, and what speaks against it"
INSIGHTS_TABLE = "Show as table"
INSIGHTS_YEAR = "Year"
INSIGHTS_MOOD_COLUMN = "Mood, 1 to 5"
INSIGHTS_N_COLUMN = "Days"


# Memory --------------------------------------------------------------------------------------------

MEMORY_TITLE = "Memory"
MEMORY_INTRO = "What may come back in chat. Your entries are the only truth; nothing is made up from them."
MEMORY_ON = "Bring back past passages in chat"
MEMORY_COUNT = "{entries} entries and {messages} of your messages can come back."
MEMORY_NOT = "{n} are kept out: marked so by you, or written in a hard moment."
MEMORY_FIND = "What would come back for …"
MEMORY_FIND_PLACEHOLDER = "Try a sentence"
MEMORY_FORGET = "Forget"
MEMORY_FORGET_SURE = "This removes the entry or message itself, and everything made from it, for good."
MEMORY_KEEP_OUT = "Keep, but never bring back"
MEMORY_FORGOTTEN = "Forgotten. It was removed from the store, from memory and from insights."
MEMORY_KEPT_OUT = "It stays in your journal and will not come back."
MEMORY_FORGET_ALL = "Forget everything"
MEMORY_FORGET_ALL_SURE = (
    "Every entry, conversation, draft and memory in this space goes, and so do your safety plan and your list "
    "of people, now and for good. "
    "Your settings, passphrase and recovery code stay. Exported files are not touched."
)
MEMORY_FORGET_ALL_TYPE = "Type “forget everything” to go on"
MEMORY_FORGET_ALL_WORD = "forget everything"
MEMORY_REBUILD = "Rebuild the memory index"
MEMORY_REBUILD_WHY = "Reads all entries again. Nothing is lost; it takes a while for a long diary."
MEMORY_REBUILDING = "Reading {done} of {total}"
MEMORY_REBUILT = "Done."
MEMORY_DAMAGED = "{n} items could not be read. They are kept as they are."
MEMORY_SOURCES = {"entry": "journal", "message": "chat"}
MEMORY_EMPTY = "Nothing yet. What you write can come back here."

RULES_TITLE = "What the safety rules remember"
RULES_INTRO = (
    "Fixed rules look at what you write and guess when it may be dangerous. What they remember stays sealed in "
    "your space. Nobody else sees it, and it is no judgement of you."
)
RULES_NOTHING = "Nothing at the moment."
RULES_SINCE = "More careful since {day}."
RULES_WHY = "You may see reviewed words instead of a free reply, and numbers to reach people."
RULES_FADES = {
    0: "",
    1: "This goes by itself after ten more messages.",
    2: "After ten more messages it goes down a step, once you say in your own words that you are safe or with someone.",
    3: "After ten more messages it goes down a step, once you say in your own words that you are safe or with someone.",
    4: (
        "It stays for a day at least. After that, and ten more messages, it goes down a step once you say in your "
        "own words that you are safe or with someone."
    ),
}
RULES_WRONG = "This was wrong"
RULES_WRONG_HELP = "The rules step back. “Get help now” stays in its corner."
RULES_WRONG_DONE = "Taken back. “Get help now” stays where it is."

# Settings ------------------------------------------------------------------------------------------

SETTINGS_TITLE = "Settings"
SETTINGS_ENGINE = "Who answers"
SETTINGS_ENGINE_GUIDE = "The guide"
SETTINGS_ENGINE_GUIDE_WHY = "Built in. Works offline, makes nothing up, nothing leaves this computer."
SETTINGS_ENGINE_MODEL = "A language model"
SETTINGS_ENGINE_MODEL_WHY = (
    "Any OpenAI-compatible service, or one that runs on this computer, such as Ollama."
)
SETTINGS_BASE_URL = "Address"
SETTINGS_BASE_URL_HELP = "For example https://api.openai.com/v1, or http://localhost:11434/v1 for Ollama."
SETTINGS_MODEL = "Model"
SETTINGS_KEY = "Key"
SETTINGS_KEY_HELP = "Kept sealed in your space. Not needed for most local models."
SETTINGS_KEY_KEPT = "A key is kept. Leave empty to keep it."
SETTINGS_TEST = "Save and test"
SETTINGS_TEST_OK = "The model answered."
SETTINGS_AGREED = "You agreed on {date} to what is sent to {model} at {origin}."
SETTINGS_WITHDRAW = "Take the agreement back"
SETTINGS_WITHDRAWN = "Taken back. The guide answers from now on."
SETTINGS_OPINION = "Ask the model for a second opinion on safety"
SETTINGS_OPINION_AWAY = (
    "The safety rules look first, on this computer, with or without this. If you switch it on, each message that you "
    "send in the chat also goes to {origin} once more, before the answer, with your own last messages of the "
    "conversation. The model {model} is asked how they are meant."
)
SETTINGS_OPINION_LOCAL = (
    "The safety rules look first, with or without this. If you switch it on, the model {model} at {origin}, on this "
    "computer, is also asked how each message that you send in the chat is meant, together with your own last messages "
    "of the conversation. Your words do not leave this computer."
)
SETTINGS_OPINION_WHY = (
    "Why: a model can hear what rules miss, such as a goodbye between the lines, and it can tell that a line was a "
    "joke or a story.",
    "It can be wrong. It may add care. It may take care back only where the rules here were unsure themselves, and the "
    "numbers stay. When it does not answer in time, nothing changes.",
    "Each answer may take up to six seconds longer. What was sent stands under each reply.",
)
SETTINGS_BAD_URL = "The address should start with http:// or https://."
SETTINGS_PRIVACY = "Privacy"
SETTINGS_COUNTRY = "Country for “Get help now”"
SETTINGS_IDLE = "Lock after"
SETTINGS_IDLE_MINUTES = "{n} minutes without use"
SETTINGS_STREAM = "Show replies word by word"
SETTINGS_STREAM_HELP = "Off: each reply appears whole, which screen readers read once."
SETTINGS_PAUSES = "Suggest a pause after a while"
SETTINGS_PAUSES_HELP = (
    "A quiet line after half an hour, a way to close after an hour. Nothing is ever blocked."
)
SETTINGS_FOLLOW_UP = "Ask once how it is, after a hard time"
SETTINGS_HONEST = "Honest use"
SETTINGS_REPORTS = "Replies you reported ({n})"
SETTINGS_REPORTS_NONE = (
    "Under every reply there is “Report”. What you report is listed here and sent to nobody."
)
SETTINGS_REPORTS_LINK = "Download the reports"
SETTINGS_REPORT_ONE = "{day} · {engine}"
SETTINGS_AFTERS = "How using this left you ({n})"
SETTINGS_AFTERS_FORGET = "Remove these answers"
SETTINGS_AFTERS_GONE = "The answers are gone."
SETTINGS_COUNTS = "How often help was shown here"
SETTINGS_COUNTS_WHY = (
    "Whoever runs Between here counts how often a help card was shown, by year and by how urgent it was "
    "(0 to 4). No names, no days, no words. Small numbers are not shown."
)
SETTINGS_COUNTS_NONE = "None so far."
SETTINGS_COUNTS_LINK = "Download the counts"
SETTINGS_COUNTS_YEAR = "Year"
SETTINGS_COUNTS_TIER = "How urgent"
SETTINGS_COUNTS_SHOWN = "Times"
SETTINGS_PASSPHRASE = "Change the passphrase"
SETTINGS_OLD = "Passphrase now"
SETTINGS_NEW = "New passphrase"
SETTINGS_NEW_AGAIN = "The same again"
SETTINGS_CHANGE = "Change it"
SETTINGS_CHANGED = "Changed. Other browsers were locked."
SETTINGS_EXPORT = "Take everything with you"
SETTINGS_EXPORT_WHY = (
    "One zip with your entries as Markdown, conversations, moods, consents and your safety plan, readable "
    "without Between. "
    "The file is not encrypted: keep it somewhere safe."
)
SETTINGS_EXPORT_LINK = "Download everything"
SETTINGS_DELETE = "Delete this space"
SETTINGS_DELETE_WHY = (
    "The key is destroyed first, then everything sealed with it. It cannot be undone. Files that you "
    "exported, backups, and words already sent to a model elsewhere are not reached."
)
SETTINGS_DELETE_TYPE = "Type the name of your space, {name}, to go on"
SETTINGS_DELETE_BUTTON = "Delete everything"
SETTINGS_SPACE = "Your space is called {name}."
SETTINGS_SAVED = "Saved."
SETTINGS_DEMO = "Settings that need a space of your own are not shown in the demo."

YOUNG_NOTE = "Nothing of what you just wrote was kept."
YOUNG_WRONG = "If that was a misreading, you can go on with the same words."

# Honest use; what is said around a conversation is in prompts/safety/honest_use.toml -----------------

PAUSE_AWAY = "All right"
PAUSE_PEOPLE = "People who answer now"
CLOSING = "Close for today"
CLOSING_STEP = "One small step, for today or tomorrow"
CLOSING_PERSON = "One person who could hear some of it"
CLOSING_KEEP = "Keep and close"
CLOSING_STEP_KEPT = "A small step:"
CLOSING_PERSON_KEPT = "Someone to tell:"
CLOSING_KEPT = "Kept in your journal."
AFTER_USE = "How did using this leave you?"
AFTER_USE_LEFT = {"lighter": "Lighter", "same": "The same", "heavier": "Heavier", "odd": "Odd"}
AFTER_USE_BRING = "Anything you want to bring to a person?"
AFTER_USE_KEEP = "Keep this"
AFTER_USE_SKIP = "Skip"
AFTER_USE_KEPT = "Kept in your space."
AFTER_USE_HEAVIER = "That happens, and it counts. It may be enough for today; someone who can sit with you does more than a screen."


def counted(n: int, one: str, many: str) -> str:
    """``1 day``, ``2 days``."""
    return f"{n} {one if n == 1 else many}"


def chart_words() -> ChartWords:
    """What the charts say."""
    moods = tuple(JOURNAL_MOODS.values())
    return ChartWords(
        moods=(moods[0], moods[1], moods[2], moods[3], moods[4]),
        weekdays=tuple(day[:3] for day in WEEKDAYS),
        months=tuple(month[:3] for month in MONTHS),
        no_mood="Written, not rated",
        no_entry="Nothing written",
        day="{day} {month} {year}",
        point="{date}: {mood}",
        days="{n}",
        entries="{n} entries",
        mood_summary=(
            "{n} rated days from {first} to {last}. Lowest: {lowest} on {lowest_day}; "
            "highest: {highest} on {highest_day}. Breaks in the line: {gaps}."
        ),
        weekday_summary="Lowest on {lowest} ({lowest_n} days), highest on {highest} ({highest_n} days).",
        calendar_summary="{year}: {entries} entries on {days} days, {moods} days rated.",
        nothing="Nothing to draw yet.",
    )
