// What pages gain from a script. All but the paging of long tables works without.
(() => {
    const root = document.documentElement;

    function theme() {
        const button = document.getElementById('theme');
        const order = ['auto', 'light', 'dark'];
        const show = () => (button.textContent = button.dataset[root.dataset.theme || 'auto']);
        button.hidden = false;
        show();
        button.addEventListener('click', () => {
            const next = order[(order.indexOf(root.dataset.theme || 'auto') + 1) % order.length];
            if (next === 'auto') {
                delete root.dataset.theme;
            } else {
                root.dataset.theme = next;
            }
            show();
            try {
                localStorage.setItem('theme', next);
            } catch {
                // The choice lasts as long as the page.
            }
        });
    }

    // On a phone the menu would stand before everything else, so it waits behind a button.
    function menu() {
        const button = document.getElementById('menu');
        if (!button) {
            return;
        }
        button.hidden = false;
        button.addEventListener('click', () => {
            const open = root.dataset.menu === 'closed';
            root.dataset.menu = open ? 'open' : 'closed';
            button.setAttribute('aria-expanded', open);
        });
    }

    // Dangerous buttons ask first. The dialog keeps the focus inside and gives it back.
    function confirmations() {
        const dialog = document.getElementById('confirm');
        let asking = null;
        document.addEventListener('click', event => {
            const button = event.target.closest('[data-confirm]');
            if (!button || button === asking) {
                return;
            }
            event.preventDefault();
            asking = button;
            document.getElementById('confirm-text').textContent = button.dataset.confirm;
            dialog.showModal();
        }, true);
        document.getElementById('confirm-no').addEventListener('click', () => dialog.close());
        document.getElementById('confirm-yes').addEventListener('click', () => {
            const button = asking;
            dialog.close();
            if (button.form && button.isConnected) {
                button.form.requestSubmit(button);
            }
        });
        dialog.addEventListener('close', () => (asking = null));
    }

    // The page's language, in the reader's own variety of it: en-GB writes dates other than en-US.
    const language = navigator.languages.find(known => known.split('-')[0] === root.lang) || root.lang;
    const parts = {month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit'};
    const near = new Intl.DateTimeFormat(language, parts);
    const far = new Intl.DateTimeFormat(language, {...parts, year: 'numeric'});

    function localTimes(within) {
        for (const time of within.querySelectorAll('time[datetime]:not([data-local])')) {
            const at = new Date(time.dateTime);
            if (!isNaN(at)) {
                time.title = time.textContent;
                time.textContent = (at.getFullYear() === new Date().getFullYear() ? near : far).format(at);
                time.dataset.local = '';
            }
        }
    }

    // What stands in a log stays there; new lines come to its end, and it is read from there unless somebody has scrolled back.
    function extend(log, fresh) {
        const last = Number(log.lastElementChild?.dataset.n ?? -1);
        const window = log.parentElement;
        const atEnd = window.scrollHeight - window.scrollTop - window.clientHeight < 40;
        log.append(...[...fresh.children].filter(line => Number(line.dataset.n) > last));
        if (atEnd) {
            window.scrollTop = window.scrollHeight;
        }
    }

    function replace(part, fresh) {
        const log = part.querySelector('[data-log]');
        const newer = fresh.querySelector('[data-log]');
        if (log && newer) {
            extend(log, newer);
            for (const old of [...part.children].filter(child => !child.contains(log))) {
                old.remove();
            }
            part.append(...[...fresh.children].filter(child => !child.contains(newer)));
            return;
        }
        const open = [...part.querySelectorAll('details')].map(one => one.open);
        part.replaceChildren(...fresh.childNodes);
        part.querySelectorAll('details').forEach((one, i) => (one.open = Boolean(open[i])));
    }

    // A part of the page that is fetched again when the server says that there is news, and now and then besides, until somebody
    // pauses it or goes away; never under his hands.
    function live() {
        const part = document.getElementById('live');
        const button = document.getElementById('pause');
        if (!part || !button) {
            return;
        }
        const log = part.querySelector('[data-log]');
        let paused = false;
        let touched = Date.now();
        let news = null;
        let asking = false;
        let missed = false;
        button.hidden = false;
        if (log) {
            log.parentElement.scrollTop = log.parentElement.scrollHeight;
        }
        const away = () => paused || document.hidden || Date.now() - touched > 15 * 60_000;
        const busy = () => away() || document.querySelector('dialog[open]')
            || (!log && part.contains(document.activeElement));

        async function again() {
            if (busy()) {
                return;
            }
            if (asking) {
                missed = true;
                return;
            }
            asking = true;
            try {
                const answer = await fetch(location.href, {credentials: 'same-origin'});
                const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
                if (fresh && !busy()) {
                    replace(part, fresh);
                }
            } catch {
                // The server is away for a moment: the next round asks again.
            }
            asking = false;
            if (missed) {
                missed = false;
                again();
            }
        }

        function listen() {
            const open = news && news.readyState !== EventSource.CLOSED;
            if (away() && open) {
                news.close();
            } else if (!away() && !open && part.dataset.events) {
                news = new EventSource(part.dataset.events);
                news.onmessage = again;
                news.addEventListener('over', () => {
                    news.close();
                    delete part.dataset.events;
                    again();
                });
            }
        }

        button.addEventListener('click', () => {
            paused = !paused;
            button.textContent = paused ? button.dataset.resume : button.dataset.pause;
            listen();
            again();
        });
        for (const kind of ['pointermove', 'keydown']) {
            document.addEventListener(kind, () => (touched = Date.now()), {passive: true});
        }
        document.addEventListener('visibilitychange', listen);
        setInterval(() => {
            listen();
            again();
        }, Number(part.dataset.live) * 1000);
        listen();
    }

    // Lines to a host are sent without a new page, so that the field keeps the focus and the log its place.
    function terminal() {
        const form = document.querySelector('form.terminal-line');
        if (!form) {
            return;
        }
        const typed = form.querySelector('input[type=text]');
        form.addEventListener('submit', async event => {
            if (event.submitter && /(^|:)end$/.test(event.submitter.id)) {
                return;
            }
            event.preventDefault();
            const body = new URLSearchParams(new FormData(form, event.submitter));
            typed.value = '';
            const answer = await fetch(form.action, {method: 'POST', body, credentials: 'same-origin'});
            const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
            const next = page.querySelector('form.terminal-line');
            if (!next) {
                location.assign(answer.url);
                return;
            }
            // The page that was answered has a state of its own, with which the next line must come.
            for (const field of next.querySelectorAll('input[type=hidden]')) {
                const mine = form.querySelector(`input[name="${CSS.escape(field.name)}"]`);
                if (mine) {
                    mine.value = field.value;
                }
            }
            replace(document.getElementById('live'), page.getElementById('live'));
            document.getElementById('notices').replaceChildren(...page.getElementById('notices').childNodes);
            typed.focus();
        });
    }

    /** A chosen file is read into the field that is sent, where it can be looked at and changed. */
    function files() {
        for (const input of document.querySelectorAll('input[type=file][data-into]')) {
            input.addEventListener('change', async () => {
                const file = input.files[0];
                if (file && file.size < 1_000_000) {
                    document.getElementById(input.dataset.into).value = await file.text();
                }
            });
        }
    }

    theme();
    menu();
    live();
    terminal();
    files();
    confirmations();
    localTimes(document);
    new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(
        node => node.nodeType === Node.ELEMENT_NODE && localTimes(node))))
        .observe(document.body, {childList: true, subtree: true});
})();
