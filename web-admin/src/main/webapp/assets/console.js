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

    // A part of the page that is fetched again every few seconds, until somebody pauses it or goes away; never under his hands.
    function live() {
        const part = document.getElementById('live');
        const button = document.getElementById('pause');
        if (!part || !button) {
            return;
        }
        let paused = false;
        let touched = Date.now();
        button.hidden = false;
        button.addEventListener('click', () => {
            paused = !paused;
            button.textContent = paused ? button.dataset.resume : button.dataset.pause;
        });
        for (const kind of ['pointermove', 'keydown']) {
            document.addEventListener(kind, () => (touched = Date.now()), {passive: true});
        }
        const busy = () => paused || document.hidden || Date.now() - touched > 15 * 60_000
            || part.contains(document.activeElement) || document.querySelector('dialog[open]');
        async function again() {
            if (busy()) {
                return;
            }
            try {
                const answer = await fetch(location.href, {credentials: 'same-origin'});
                const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
                if (fresh && !busy()) {
                    const open = [...part.querySelectorAll('details')].map(one => one.open);
                    part.replaceChildren(...fresh.childNodes);
                    part.querySelectorAll('details').forEach((one, i) => (one.open = Boolean(open[i])));
                }
            } catch {
                // The server is away for a moment: the next round asks again.
            }
        }
        setInterval(again, Number(part.dataset.live) * 1000);
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
    live();
    files();
    confirmations();
    localTimes(document);
    new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(
        node => node.nodeType === Node.ELEMENT_NODE && localTimes(node))))
        .observe(document.body, {childList: true, subtree: true});
})();
