import { count, partsOf, plural, say } from '../dom.js';
import { startWorker } from '../workers.js';
import { showRegions, showVerdicts } from './census.js';
import { createGauges } from './gauges.js';
import { readColumns } from './head.js';
import { showMapping } from './mapping.js';

const MOST_BYTES = 512 * 1024 * 1024;

/** A list of contacts: read, mapped, checked and sent, all of it by a worker. */
export function openScene(scene) {
  const [drop, fileNote, mappingForm, columnsBox, censusBox, checked] = partsOf(scene, 'drop', 'file', 'mapping', 'columns', 'census', 'checked');
  const [verdicts, countries, sendingBox, sent, download] = partsOf(scene, 'verdicts', 'countries', 'sending', 'sent', 'download');
  const [bar, percent, gaugesBox] = partsOf(scene, 'bar', 'percent', 'gauges');
  const action = (name) => scene.querySelector(`[data-action="${name}"]`);
  let file;
  let mapping;
  let census;
  let gauges;
  let paused = false;
  let isSending = false;
  let list = 0;

  const HEARD = {
    sample: ({ file: made }) => void take(made),
    checking: ({ census: sofar }) => showCensus(sofar, 'Checking …'),
    checked: ({ census: all }) => {
      census = all;
      showCensus(all, `Checked in ${(all.ms / 1000).toFixed(1)} s, ${count(Math.round(all.rows / (Math.max(1, all.ms) / 1000)))} rows a second.`);
      action('send').hidden = false;
      action('send').textContent = `Send ${plural(all.ok, 'contact')}`;
      action('send').disabled = all.ok === 0;
      mappingForm.querySelector('[type="submit"]').setAttribute('aria-disabled', 'false');
    },
    sending: ({ progress }) => gauges.update(progress),
    sent: ({ progress, cancelled, result }) => {
      isSending = false;
      gauges.update(progress);
      for (const name of ['pause', 'cancel']) action(name).hidden = true;
      say(sent, `${cancelled ? 'Cancelled' : 'Done'}: ${plural(progress.created, 'contact')} created in ${(progress.ms / 1000).toFixed(1)} s.`);
      download.href = URL.createObjectURL(result);
      download.hidden = false;
    },
    failed: ({ message }) => {
      isSending = false;
      for (const name of ['pause', 'cancel']) action(name).hidden = true;
      mappingForm.querySelector('[type="submit"]').setAttribute('aria-disabled', 'false');
      say(fileNote, message);
      fileNote.dataset.state = 'no';
    },
  };

  const worker = startWorker('import', ({ type, list: about = list, ...message }) => {
    if (about === list) HEARD[type](message);
  });

  /** Whether another list, or this one anew, may come in the place of what is shown; where not, the page says why. */
  function isFree() {
    if (isSending) say(fileNote, `${file.name} is being sent: cancel that first, or wait until it is done.`);
    return !isSending;
  }

  async function take(chosen) {
    if (!isFree()) return undefined;
    const taken = (list += 1);
    for (const part of [mappingForm, censusBox, sendingBox]) part.hidden = true;
    mappingForm.querySelector('[type="submit"]').setAttribute('aria-disabled', 'false');
    fileNote.dataset.state = 'no';
    if (chosen.size > MOST_BYTES) return say(fileNote, `${chosen.name} is larger than 512 MB.`);
    const columns = await readColumns(chosen).catch(() => undefined);
    if (taken !== list) return undefined;
    if (!columns) return say(fileNote, `${chosen.name} cannot be read.`);
    if (columns.length === 0) return say(fileNote, `${chosen.name} is empty: its first line must name the columns.`);
    file = chosen;
    fileNote.dataset.state = 'yes';
    say(fileNote, `${chosen.name}, ${count(Math.max(1, Math.round(chosen.size / 1024)))} kB, ${plural(columns.length, 'column')}.`);
    mapping = showMapping(columnsBox, columns);
    mappingForm.hidden = false;
    return undefined;
  }

  function showCensus(shown, words) {
    censusBox.hidden = false;
    say(checked, words);
    showVerdicts(verdicts, shown);
    showRegions(countries, shown.regions);
  }

  function send() {
    if (download.href) URL.revokeObjectURL(download.href);
    download.hidden = true;
    action('send').hidden = true;
    for (const name of ['pause', 'cancel']) action(name).hidden = false;
    setPaused(false);
    say(sent, '');
    gauges = createGauges(gaugesBox, bar, percent, census.ok);
    gauges.update({ created: 0, failed: 0, leftOut: 0, ms: 0 });
    sendingBox.hidden = false;
    isSending = true;
    worker.post({ type: 'send', list, file, mapping: mapping.read() });
    scene.querySelector('#sending-title').focus();
  }

  function setPaused(now) {
    paused = now;
    action('pause').textContent = paused ? 'Go on' : 'Pause';
    sendingBox.dataset.paused = String(paused);
  }

  mappingForm.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = mappingForm.querySelector('[type="submit"]');
    if (button.getAttribute('aria-disabled') === 'true' || !isFree()) return;
    button.setAttribute('aria-disabled', 'true');
    action('send').hidden = true;
    sendingBox.hidden = true;
    worker.post({ type: 'check', list, file, mapping: mapping.read() });
  });
  action('send').addEventListener('click', send);
  action('pause').addEventListener('click', () => {
    worker.post({ type: paused ? 'resume' : 'pause' });
    setPaused(!paused);
  });
  action('cancel').addEventListener('click', () => worker.post({ type: 'cancel' }));
  for (const chip of scene.querySelectorAll('[data-rows]')) {
    chip.addEventListener('click', () => isFree() && worker.post({ type: 'sample', list: (list += 1), rows: Number(chip.dataset.rows) }));
  }
  scene.querySelector('#import-file').addEventListener('change', ({ target }) => target.files[0] && void take(target.files[0]));
  acceptDrops(drop, (dropped) => void take(dropped));
}

function acceptDrops(zone, onFile) {
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.dataset.over = 'true';
  });
  zone.addEventListener('dragleave', () => delete zone.dataset.over);
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  });
}
