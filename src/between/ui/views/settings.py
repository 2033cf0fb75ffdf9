"""Settings on screen: who answers, privacy, taking everything with you, and deleting it."""

from __future__ import annotations

import streamlit as st

from between import bootstrap
from between.bootstrap import Space
from between.companion.consent import version_of
from between.domain import Endpoint
from between.errors import BetweenError, EngineError, TooManyTries, WeakPassphrase, WrongPassphrase
from between.ui import choices, dates, session, wording
from between.ui.door.words import advice, waiting
from between.ui.plain import plain
from between.ui.views import honest_use, opinion
from between.vault import passphrase as passphrases

IDLE_CHOICES = [1, 5, 15, 30, 60]
"""Minutes until a space locks by itself."""


def show(me: Space) -> None:
    """Engine first; everything that only a kept space has comes after."""
    sitting = session.sitting()
    if sitting.notice:
        st.toast(sitting.notice)
        sitting.notice = ""
    st.header(wording.SETTINGS_TITLE, anchor=False)
    engine(me)
    privacy(me)
    honest_use.show(me)
    if me.is_demo:
        st.caption(wording.SETTINGS_DEMO)
        return
    st.caption(wording.SETTINGS_SPACE.format(name=me.code_name))
    passphrase(me)
    export()
    deletion(me)


# Who answers -----------------------------------------------------------------------------------------


def engine(me: Space) -> None:
    """The guide, or a model that the person set up and agreed to."""
    st.subheader(wording.SETTINGS_ENGINE, anchor=False)
    names = {"guide": wording.SETTINGS_ENGINE_GUIDE, "model": wording.SETTINGS_ENGINE_MODEL}
    reasons = {"guide": wording.SETTINGS_ENGINE_GUIDE_WHY, "model": wording.SETTINGS_ENGINE_MODEL_WHY}
    sitting = session.sitting()
    sitting.looks_at_model = sitting.looks_at_model and me.profile().engine == "guide"
    session.put("engine", "model" if sitting.looks_at_model else me.profile().engine)
    chosen = st.radio(
        wording.SETTINGS_ENGINE,
        list(names),
        format_func=names.__getitem__,
        captions=list(reasons.values()),
        key="engine",
        label_visibility="collapsed",
        on_change=choose_engine,
    )
    if chosen == "model":
        model(me)


def choose_engine() -> None:
    """The guide answers at once; a model only after its test and the consent."""
    chosen = session.value("engine")
    session.sitting().looks_at_model = chosen == "model"
    if chosen == "guide":
        choices.keep(engine="guide")


def model(me: Space) -> None:
    """Address, name and key; then a test; then the consent, before anything of the person is sent."""
    kept = me.profile().endpoint or bootstrap.house().offered_endpoint() or Endpoint("", "")
    with st.form("model"):
        url = st.text_input(
            wording.SETTINGS_BASE_URL, value=kept.base_url, help=wording.SETTINGS_BASE_URL_HELP
        )
        name = st.text_input(wording.SETTINGS_MODEL, value=kept.model)
        key = st.text_input(
            wording.SETTINGS_KEY,
            type="password",
            help=wording.SETTINGS_KEY_HELP,
            autocomplete="off",
            placeholder=wording.SETTINGS_KEY_KEPT if kept.api_key else "",
        )
        tested = st.form_submit_button(wording.SETTINGS_TEST)
    if tested:
        # A kept key goes to the address that it was given for, and to no other.
        same = url.strip().rstrip("/") == kept.base_url.rstrip("/")
        test(me, Endpoint(url.strip(), name.strip(), key.strip() or (kept.api_key if same else "")))
    endpoint = me.profile().endpoint
    if endpoint is not None:
        consent(me, endpoint)


def test(me: Space, endpoint: Endpoint) -> None:
    """Save the endpoint and try it with a request that holds no word of the person."""
    try:
        me.origin(endpoint)
    except EngineError:
        st.error(wording.SETTINGS_BAD_URL)
        return
    me.save_profile(endpoint=endpoint)
    try:
        me.probe(endpoint)
    except EngineError as failed:
        st.error(failed.says)
    else:
        st.success(wording.SETTINGS_TEST_OK)


def consent(me: Space, endpoint: Endpoint) -> None:
    """What is sent, in plain words, and the person's yes; it can be taken back."""
    given = me.consent_given(endpoint)
    if given is not None and me.profile().engine == "model":
        day = dates.heading(given.at, session.now().date())
        where = plain(me.origin(endpoint))
        st.markdown(wording.SETTINGS_AGREED.format(date=day, origin=where, model=plain(endpoint.model)))
        opinion.show(me, endpoint)
        if st.button(wording.SETTINGS_WITHDRAW, key="withdraw"):
            me.withdraw(endpoint)
            session.sitting().notice = wording.SETTINGS_WITHDRAWN
            st.rerun()
        return
    with st.container(border=True, key="consent"):
        st.subheader(wording.CHAT_AGREE_TITLE, anchor=False)
        words = consent_words(me, endpoint)
        st.markdown("\n".join(f"- {line}" for line in words))
        with st.container(horizontal=True):
            # Another tab may have set up another model: the click is for these words, or for nothing.
            label, shown = wording.CONSENT_BUTTON.format(model=plain(endpoint.model)), version_of(str(words))
            if st.button(label, key=f"agree_{shown}", type="primary"):
                me.agree(endpoint, "\n".join(words))
                st.rerun()
            if st.button(wording.CONSENT_NO, key="stay"):
                me.save_profile(engine="guide")
                session.sitting().looks_at_model = False
                st.rerun()


def consent_words(me: Space, endpoint: Endpoint) -> list[str]:
    """What the person agrees to, for this model."""
    words = wording.CONSENT_AWAY if me.leaves(endpoint) else wording.CONSENT_LOCAL
    return [line.format(origin=plain(me.origin(endpoint)), model=plain(endpoint.model)) for line in words]


# Privacy ---------------------------------------------------------------------------------------------


def privacy(me: Space) -> None:
    """Country for help, when to lock, how replies appear."""
    st.subheader(wording.SETTINGS_PRIVACY, anchor=False)
    kept = me.profile()
    names = dict(bootstrap.house().helplines.countries())
    codes = ["", *names]
    session.put("country", kept.country if kept.country in codes else "")
    st.selectbox(
        wording.SETTINGS_COUNTRY,
        codes,
        format_func=lambda code: names.get(code, wording.DOOR_COUNTRY_NONE),
        key="country",
        on_change=lambda: choices.keep(country=session.value("country")),
    )
    session.put("idle", min(IDLE_CHOICES, key=lambda one: abs(one - kept.idle_minutes)))
    st.select_slider(
        wording.SETTINGS_IDLE,
        IDLE_CHOICES,
        format_func=lambda n: wording.SETTINGS_IDLE_MINUTES.format(n=n),
        key="idle",
        on_change=choose_idle,
    )
    session.put("streaming", kept.streaming)
    st.toggle(
        wording.SETTINGS_STREAM,
        help=wording.SETTINGS_STREAM_HELP,
        key="streaming",
        on_change=lambda: choices.keep(streaming=session.value("streaming")),
    )


def choose_idle() -> None:
    """For this browser from now on, and for the next unlocking."""
    minutes = int(str(session.value("idle")))
    choices.keep(idle_minutes=minutes)
    me = session.space()
    if me is not None and me.profile().idle_minutes == minutes:
        bootstrap.house().set_idle(session.ticket(), minutes)


def passphrase(me: Space) -> None:
    """A new passphrase; the diary is not encrypted anew, only its key is wrapped again."""
    with st.expander(wording.SETTINGS_PASSPHRASE), st.form("passphrase", clear_on_submit=True):
        old = st.text_input(wording.SETTINGS_OLD, type="password", autocomplete="current-password")
        new = st.text_input(wording.SETTINGS_NEW, type="password", autocomplete="new-password")
        again = st.text_input(wording.SETTINGS_NEW_AGAIN, type="password", autocomplete="new-password")
        if not st.form_submit_button(wording.SETTINGS_CHANGE):
            return
        if new != again:
            st.error(wording.CREATE_DIFFERENT)
            return
        try:
            bootstrap.house().change_passphrase(session.ticket(), old, new)
        except WeakPassphrase as refused:
            st.error(" ".join([refused.says, *advice(passphrases.judge(new).advice)]))
        except TooManyTries as refused:
            st.error(wording.UNLOCK_WAIT.format(wait=waiting(refused.wait_seconds)))
        except WrongPassphrase as refused:
            st.error(refused.says)
        else:
            st.success(wording.SETTINGS_CHANGED)


def export() -> None:
    """The way out with everything; the file comes from the door, so that only this cookie gets it."""
    with st.expander(wording.SETTINGS_EXPORT):
        st.markdown(wording.SETTINGS_EXPORT_WHY)
        st.html(f'<a class="as-button" href="/export">{wording.SETTINGS_EXPORT_LINK}</a>')


def deletion(me: Space) -> None:
    """The end of a space, after its name was typed."""
    with st.expander(wording.SETTINGS_DELETE):
        st.markdown(wording.SETTINGS_DELETE_WHY)
        typed = st.text_input(wording.SETTINGS_DELETE_TYPE.format(name=me.code_name), key="delete_name")
        sure = typed.strip().lower() == me.code_name
        if st.button(wording.SETTINGS_DELETE_BUTTON, key="delete_space", disabled=not sure):
            try:
                bootstrap.house().delete(session.ticket())
            except BetweenError as refused:
                st.error(refused.says)
                return
            session.lock()
            st.rerun()
