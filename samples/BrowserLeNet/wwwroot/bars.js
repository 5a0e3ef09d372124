// Rows of a name, a bar and a number.

/** Bars that are updated in place. */
export class Bars {
  #rows = [];

  /** @param names What each row is called. */
  constructor(element, names) {
    element.replaceChildren(...names.map(name => {
      const row = document.createElement('div');
      row.className = 'bar';
      row.innerHTML = `<b>${name}</b><span class="track"><i></i><i class="second"></i></span><span class="value"></span>`;
      this.#rows.push({ row, bars: row.querySelectorAll('i'), value: row.querySelector('.value') });
      return row;
    }));
  }

  /** Sets a row: shares from 0 to 1, its text, and whether it stands out. */
  set(index, share, text, isTop = false, second = 0) {
    const { row, bars, value } = this.#rows[index];
    bars[0].style.width = `${100 * share}%`;
    bars[1].style.width = `${100 * second}%`;
    bars[1].hidden = second < 0.005;
    value.textContent = text;
    row.classList.toggle('top', isTop);
  }
}

export const percent = share => `${(100 * share).toFixed(share > 0.9995 || share < 0.0005 ? 0 : 1)} %`;
