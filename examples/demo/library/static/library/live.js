// Follow the events of the library. The browser connects again by itself, and
// says which event was the last that it has seen.
'use strict';

(() => {
  const LINES = 50;
  const WORDS = {
    added: 'New in the catalogue',
    lent: 'Lent',
    returned: 'Returned',
  };
  const list = document.getElementById('events');
  const state = document.getElementById('state');
  const source = new EventSource(list.dataset.url);

  const say = (text, isOpen) => {
    state.textContent = text;
    state.classList.toggle('open', isOpen);
  };

  const show = (event) => {
    const news = JSON.parse(event.data);
    const time = document.createElement('time');
    time.dateTime = news.at;
    time.textContent = new Date(news.at).toLocaleTimeString();
    const line = document.createElement('li');
    line.className = event.type;
    line.append(time, `${WORDS[event.type]}: ${news.title}`);
    list.prepend(line);
    while (list.children.length > LINES) {
      list.lastChild.remove();
    }
  };

  source.addEventListener('open', () => say('Connected', true));
  source.addEventListener('error', () => say('Connecting again …', false));
  Object.keys(WORDS).forEach((kind) => source.addEventListener(kind, show));
})();
