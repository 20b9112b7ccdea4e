// A classic script in the head: a theme that was chosen before is there at the first paint.
(() => {
  const STORED_AS = 'outdial.theme';
  const root = document.documentElement;

  function stored() {
    try {
      return localStorage.getItem(STORED_AS);
    } catch {
      return null;
    }
  }

  function store(theme) {
    try {
      localStorage.setItem(STORED_AS, theme);
    } catch {
      // A browser that stores nothing forgets the choice with the page.
    }
  }

  const known = (theme) => (['light', 'dark'].includes(theme) ? theme : 'system');

  root.dataset.theme = known(stored());
  addEventListener('DOMContentLoaded', () => {
    for (const choice of document.querySelectorAll('input[name="theme"]')) {
      choice.checked = choice.value === root.dataset.theme;
      choice.addEventListener('change', () => {
        root.dataset.theme = known(choice.value);
        store(root.dataset.theme);
      });
    }
  });
})();
