const css = `
:host {
  --border: var(--outdial-phone-border-color, color-mix(in srgb, currentColor 60%, transparent));
  --focus: var(--outdial-phone-focus-color, currentColor);
  display: inline-block; vertical-align: middle; inline-size: 20em; max-inline-size: 100%;
  color: var(--outdial-phone-color, FieldText);
}
@supports (color: light-dark(red, red)) { :host { --focus: var(--outdial-phone-focus-color, light-dark(#0b57d0, #a8c7fa)); } }
:host([hidden]), [hidden] { display: none !important; }
:host(:disabled) { opacity: .6; }
* { box-sizing: border-box; }
[part=field], [part=panel] { background: var(--outdial-phone-background, Field); border: 1px solid var(--border); border-radius: var(--outdial-phone-radius, 4px); }
[part=field] { display: flex; }
[part=field]:focus-within { outline: 2px solid var(--focus); outline-offset: 1px; }
button, input { font: inherit; color: inherit; background: none; border: 0; margin: 0; padding: var(--outdial-phone-padding, .5em .6em); min-block-size: 2.5em; outline-offset: -3px; }
button:focus-visible, [part=search]:focus-visible { outline: 2px solid var(--focus); }
button { display: inline-flex; align-items: center; gap: .4em; white-space: nowrap; cursor: pointer; border-inline-end: 1px solid var(--border); border-radius: inherit; border-start-end-radius: 0; border-end-end-radius: 0; }
button::after { content: ''; border: .3em solid transparent; border-block-start-color: currentColor; border-block-end: 0; }
button:disabled { cursor: default; }
[part=number] { flex: 1; min-inline-size: 0; outline: 0; box-shadow: none; }
::placeholder { color: inherit; opacity: .7; }
:host(:dir(rtl)) [part=number] { text-align: right; }
[part=panel] { position: fixed; inset: auto; margin: 0; padding: 0; flex-direction: column; overflow: hidden; color: inherit; font: inherit; box-shadow: 0 4px 16px #0004; }
[part=panel]:popover-open { display: flex; }
[part=search], [part=status] { flex: none; }
[part=search] { border-block-end: 1px solid var(--border); border-radius: 0; }
[part=status] { margin: 0; padding: .3em .6em; font-size: .85em; }
[part=status]:empty { padding: 0; }
[part=list] { margin: 0; padding: 0; list-style: none; overflow-y: auto; max-block-size: 18em; overscroll-behavior: contain; }
[part~=option] { display: flex; gap: .6em; padding: .45em .6em; cursor: pointer; }
[part~=option] [part=flag] { min-inline-size: 1.6em; }
[part~=name] { flex: 1; }
[part~=option][aria-selected=true] { font-weight: bold; }
[part~=active] { background: var(--outdial-phone-active-background, color-mix(in srgb, currentColor 14%, transparent)); outline: 2px solid transparent; outline-offset: -2px; }
[part=reason] { display: none; }
`;

let sheet;

/** Gives a shadow root its style by a sheet that all share, which no page's policy forbids. */
export function applyStyle(root) {
  // Documents that only play a browser have no such sheets.
  if (!('adoptedStyleSheets' in root)) return;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  root.adoptedStyleSheets = [sheet];
}
