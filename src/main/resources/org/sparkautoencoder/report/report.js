'use strict';
// Draws each chart of the JSON block into the element of its id, in the colours of the style sheet. Whatever a series
// is told apart by besides its colour: the dashes and marks of lines, the patterns of bars.
(() => {
  const charts = JSON.parse(document.getElementById('charts').textContent);
  const dashes = ['solid', [7, 4], [2, 3], [10, 3, 2, 3], [14, 4]];
  const symbols = ['circle', 'rect', 'triangle', 'diamond', 'pin'];
  const drawn = new Map();

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const short = value => value === 0 ? '0' : Number(value.toPrecision(5)).toString();

  function axis(name, more) {
    return {
      name, nameGap: 28, nameLocation: 'middle', nameTextStyle: { color: colour('soft') },
      axisLabel: { color: colour('soft'), hideOverlap: true },
      axisLine: { lineStyle: { color: colour('rule') } },
      splitLine: { lineStyle: { color: colour('rule'), opacity: 0.6 } },
      minorSplitLine: { show: false },
      ...more,
    };
  }

  function line(series, i) {
    const points = series.style === 'points';
    const faint = series.style === 'faint';
    const marks = points || series.data.length < 2;
    return {
      name: series.name, data: series.data,
      type: points ? 'scatter' : 'line',
      symbol: points ? 'diamond' : symbols[i % symbols.length],
      symbolSize: points ? 13 : 5,
      showSymbol: marks || (!faint && series.data.length <= 40),
      lineStyle: faint ? { width: 1, type: 'solid', color: colour('soft'), opacity: 0.6 }
        : { width: 2, type: dashes[i % dashes.length] },
      itemStyle: faint ? { color: colour('soft') } : points ? { borderColor: colour('paper'), borderWidth: 1 } : {},
      z: points ? 5 : faint ? 1 : 2,
    };
  }

  function bar(series) {
    return { name: series.name, data: series.data, type: 'bar', barMaxWidth: 44, barGap: '8%' };
  }

  // A logarithmic axis begins just below its least value, not at the power of ten below that; and it needs powers of
  // ten to label, so that a narrow range is drawn on a linear one.
  function valueAxis(chart) {
    const values = chart.series.flatMap(s => s.data.map(point => chart.log ? point[1] : 0)).filter(v => v > 0);
    const least = Math.min(...values);
    const greatest = Math.max(...values);
    if (!chart.log || greatest < 5 * least) {
      return axis(chart.y, { type: 'value', min: 0, nameGap: 50 });
    }
    const digit = 10 ** Math.floor(Math.log10(least));
    return axis(chart.y, {
      type: 'log', nameGap: 50,
      min: Math.floor(least / digit) * digit,
      max: Math.ceil(greatest / digit) * digit,
      axisLabel: { color: colour('soft'), formatter: short, showMaxLabel: false },
    });
  }

  // Words under bars are turned if they have no room beside each other, and cut if they are long.
  const letter = 7.2;
  const longestWord = 120;
  function turned(chart) {
    const longest = Math.max(0, ...chart.categories.filter(name => Number.isNaN(Number(name))).map(name => name.length));
    const room = document.getElementById(chart.id).clientWidth - 92;
    return letter * (longest + 1) * chart.categories.length > room ? Math.min(longestWord, letter * longest + 10) : 0;
  }

  function categoryAxis(chart, height) {
    const labels = height === 0 ? {} : {
      nameGap: 20 + height,
      axisLabel: { color: colour('soft'), hideOverlap: true, rotate: 90, width: height, overflow: 'truncate' },
    };
    return axis(chart.x, { type: 'category', data: chart.categories, splitLine: { show: false }, ...labels });
  }

  const named = chart => chart.series.filter(s => s.style !== 'faint').map(s => s.name);

  // As the library breaks its lines, by the width of letters in the mean.
  function legendLines(chart) {
    const width = document.getElementById(chart.id).clientWidth;
    let lines = 1;
    let used = 0;
    for (const name of named(chart)) {
      const item = 50 + letter * name.length;
      if (used > 0 && used + item > width) {
        lines++;
        used = 0;
      }
      used += item;
    }
    return lines;
  }

  // Whole powers of ten around what there is, so that no point lies on the edge.
  function decades(chart) {
    const values = chart.series.flatMap(s => s.data.map(point => point[0]));
    const least = 10 ** Math.floor(Math.log10(Math.min(...values)) - 0.1);
    const greatest = 10 ** Math.ceil(Math.log10(Math.max(...values)) + 0.1);
    return { min: least, max: greatest };
  }

  function option(chart) {
    const bars = chart.kind === 'bars';
    const height = bars ? turned(chart) : 0;
    return {
      animation: false,
      color: [0, 1, 2, 3, 4].map(i => colour('c' + i)),
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 },
      aria: { enabled: true, label: { enabled: false }, decal: { show: bars } },
      legend: { data: named(chart), top: 0, left: 0, itemWidth: 34, textStyle: { color: colour('ink') } },
      grid: { left: 68, right: 24, top: 24 + 20 * legendLines(chart), bottom: (chart.x ? 48 : 28) + height },
      tooltip: {
        trigger: 'axis', confine: true, renderMode: 'richText',
        backgroundColor: colour('panel'), borderColor: colour('rule'), textStyle: { color: colour('ink') },
        valueFormatter: value => value === undefined || value === null ? '–' : short(value),
      },
      xAxis: bars ? categoryAxis(chart, height)
        : chart.kind === 'scatter' ? axis(chart.x, {
          type: 'log', ...decades(chart), splitLine: { show: false },
          axisLabel: { color: colour('soft'), formatter: short, hideOverlap: true },
        })
        : axis(chart.x, { type: 'value', min: 0, max: 'dataMax', splitLine: { show: false } }),
      yAxis: valueAxis(chart),
      series: chart.series.map(bars ? bar : line),
    };
  }

  function draw(chart) {
    const place = document.getElementById(chart.id);
    if (!drawn.has(chart.id)) {
      const words = chart.kind === 'bars' ? turned(chart) : 0;
      if (words > 0) {
        place.style.height = `${place.clientHeight + words}px`;
      }
      drawn.set(chart.id, echarts.init(place, null, { renderer: 'svg' }));
      new ResizeObserver(() => drawn.get(chart.id).resize()).observe(place);
    }
    drawn.get(chart.id).setOption(option(chart), true);
  }

  const drawAll = () => charts.forEach(draw);
  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  // The style sheet turns to paper's colours here; 18 cm is the text's width on A4.
  matchMedia('print').addEventListener('change', print => {
    drawn.forEach(chart => chart.resize(print.matches ? { width: 680 } : { width: 'auto' }));
    drawAll();
  });
})();
