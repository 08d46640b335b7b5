// Runs before the page is drawn, so that a chosen theme does not flash, nor on a phone the menu.
(() => {
    document.documentElement.dataset.menu = 'closed';
    let chosen = null;
    try {
        chosen = localStorage.getItem('theme');
    } catch {
        // Storage is closed to us: the system's theme it is.
    }
    if (chosen === 'light' || chosen === 'dark') {
        document.documentElement.dataset.theme = chosen;
    }
})();
