// Draws the pictures of templates/_macros/pictures.html with ECharts, as SVG. Without this script
// the tables are what there is. Colours come from css/tokens.css, so that dark paper is drawn dark.
"use strict";

(() => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const ink = colour("ink");
  const soft = colour("ink-soft");
  const line = colour("line");
  const font = style.getPropertyValue("--font") || "sans-serif";
  const marks = { left: colour("left-mark"), right: colour("right-mark"), "": colour("accent") };
  const shapes = { left: "circle", right: "rect", "": "circle" };
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { color: soft, fontSize: 14 },
    splitLine: { lineStyle: { color: line } },
  };
  const base = {
    animation: false,
    textStyle: { fontFamily: font, color: ink, fontSize: 14 },
    tooltip: {
      renderMode: "richText",
      backgroundColor: colour("paper-raised"),
      borderColor: line,
      textStyle: { color: ink, fontSize: 14 },
    },
    legend: { top: 0, left: 0, icon: "circle", textStyle: { color: ink, fontSize: 14 } },
  };

  const sided = (plot, more) =>
    plot.series.map((one) => ({
      name: one.name,
      data: one.values,
      itemStyle: { color: marks[one.side] },
      ...more(one),
    }));

  const kinds = {
    lines: (plot) => ({
      height: 320,
      option: {
        tooltip: { ...base.tooltip, trigger: "axis" },
        legend: base.legend,
        grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
        xAxis: {
          type: "time",
          minInterval: 24 * 3600 * 1000,
          ...axis,
          axisLabel: { ...axis.axisLabel, formatter: "{MM}-{dd}", hideOverlap: true },
          splitLine: { show: false },
        },
        yAxis: { type: "value", minInterval: 1, ...axis },
        series: sided(plot, (one) => ({
          type: "line",
          step: "end",
          symbol: shapes[one.side],
          symbolSize: 6,
          lineStyle: { color: marks[one.side], width: 2, type: one.side === "right" ? [6, 3] : "solid" },
          data: one.values.map((value, at) => [plot.labels[at], value]),
        })),
      },
    }),
    bars: (plot) => ({
      height: 70 + plot.labels.length * 44,
      option: {
        tooltip: { ...base.tooltip, trigger: "axis", axisPointer: { type: "none" } },
        legend: base.legend,
        grid: { left: 8, right: 48, top: 40, bottom: 8, containLabel: true },
        xAxis: { type: "value", show: false },
        yAxis: {
          type: "category",
          inverse: true,
          data: plot.labels,
          ...axis,
          axisLabel: { ...axis.axisLabel, color: ink, width: 200, overflow: "break" },
        },
        series: sided(plot, () => ({
          type: "bar",
          barMaxWidth: 14,
          label: { show: true, position: "right", color: ink },
        })),
      },
    }),
    steps: (plot) => ({ ...kinds.bars(plot), option: { ...kinds.bars(plot).option, legend: { show: false } } }),
    heat: (plot) => ({
      height: 110 + plot.rows.length * 36,
      option: {
        tooltip: {
          ...base.tooltip,
          formatter: ({ value }) => `${plot.rows[value[1]]} · ${plot.columns[value[0]]}: ${value[2]}`,
        },
        grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
        xAxis: { type: "category", position: "top", data: plot.columns, ...axis, splitLine: { show: false } },
        yAxis: { type: "category", inverse: true, data: plot.rows, ...axis, splitLine: { show: false } },
        visualMap: {
          show: false,
          min: 0,
          max: Math.max(1, ...plot.cells.map((cell) => cell[2])),
          inRange: { color: [colour("accent-wash"), colour("accent")] },
        },
        series: [
          {
            type: "heatmap",
            data: plot.cells,
            label: {
              show: true,
              color: ink,
              backgroundColor: colour("paper-raised"),
              padding: [1, 5],
              borderRadius: 2,
            },
            itemStyle: { borderColor: colour("paper"), borderWidth: 2 },
          },
        ],
      },
    }),
  };

  const saving = (chart, canvas) => {
    const address = () => chart.getDataURL({ type: "svg", backgroundColor: colour("paper") });
    const keep = (href, ending) => {
      const link = document.createElement("a");
      link.href = href;
      link.download = `ieum-${canvas.dataset.name}.${ending}`;
      link.click();
    };
    const png = () => {
      const picture = new Image();
      picture.onload = () => {
        const sheet = document.createElement("canvas");
        sheet.width = chart.getWidth() * 2;
        sheet.height = chart.getHeight() * 2;
        sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
        keep(sheet.toDataURL("image/png"), "png");
      };
      picture.src = address();
    };
    for (const button of canvas.closest("figure").querySelectorAll("[data-save]")) {
      button.hidden = false;
      button.addEventListener("click", () => (button.dataset.save === "svg" ? keep(address(), "svg") : png()));
    }
  };

  const draw = (canvas, { height, option }) => {
    const chart = echarts.init(canvas, null, { renderer: "svg", height });
    chart.setOption({ ...base, ...option });
    new ResizeObserver(() => chart.resize({ height })).observe(canvas);
    saving(chart, canvas);
    return chart;
  };

  const dots = (points, canvas, side) => ({
    name: canvas.dataset[side],
    type: "scatter",
    symbol: shapes[side],
    symbolSize: points.length > 1000 ? 6 : 10,
    itemStyle: { color: marks[side], opacity: 0.85 },
    data: points.filter((one) => one.side === side).map((one) => ({ value: [one.x, one.y], person: one })),
  });

  const map = async (canvas) => {
    const answer = await fetch(canvas.dataset.map);
    if (!answer.ok) return;
    const points = await answer.json();
    const bare = { show: false, min: -0.02, max: 1.02 };
    const option = (shown) => ({
      ...base,
      tooltip: { ...base.tooltip, formatter: ({ data }) => [data.person.name, data.person.more].filter(Boolean).join("\n") },
      legend: { show: false },
      grid: { left: 4, right: 4, top: 4, bottom: 4 },
      xAxis: bare,
      yAxis: bare,
      series: ["left", "right"].map((side) => dots(shown, canvas, side)),
    });
    const chart = draw(canvas, { height: 560, option: option(points) });
    chart.on("click", ({ data }) => window.location.assign(data.person.url));
    search(points, (shown) => chart.setOption(option(shown)));
  };

  const search = (points, show) => {
    const box = document.querySelector("#map-search");
    const told = document.querySelector("#map-found");
    box.closest(".picture-search").hidden = false;
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLocaleLowerCase();
      const found = points.filter((one) => `${one.name} ${one.more}`.toLocaleLowerCase().includes(wanted));
      show(wanted ? found : points);
      told.replaceChildren();
      if (!wanted) return;
      told.append(found.length ? `${box.dataset.found} ` : box.dataset.none);
      for (const one of found.slice(0, 5)) {
        const link = document.createElement("a");
        link.href = one.url;
        link.textContent = one.name || one.more;
        told.append(link, " ");
      }
      if (found.length > 5) told.append(`(${found.length})`);
    });
  };

  for (const canvas of document.querySelectorAll("[data-picture]")) {
    const plot = JSON.parse(canvas.dataset.picture);
    draw(canvas, kinds[plot.kind](plot));
  }
  const whole = document.querySelector("[data-map]");
  if (whole) map(whole);
})();
