// How pages look, on a screen and on paper.
#pragma once

#include <string_view>

namespace muster::backends::page {

/// The style sheet of every page. A click on a command selects all of it, so that copying needs no script.
inline constexpr std::string_view style = R"css(:root { color-scheme: light; }
body { font: 16px/1.45 system-ui, sans-serif; color: #111; background: #fff; max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; margin: 0 0 .6rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-top: 2px solid #111; padding-top: .5rem; }
h3, h4 { font-size: 1rem; margin: 1rem 0 .3rem; }
p, ul, table, pre, figure { margin: .5rem 0; }
p, li, td, th { overflow-wrap: anywhere; }
ul { padding-left: 1.3rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #999; padding: .25rem .5rem; text-align: left; vertical-align: top; }
th { background: #eee; overflow-wrap: normal; }
code, pre { font-family: ui-monospace, monospace; font-size: .9rem; }
code { overflow-wrap: anywhere; }
pre { border: 1px solid #999; border-left-width: 4px; padding: .5rem .7rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.copy { background: #f3f6fa; border-left-color: #0a58a5; user-select: all; cursor: copy; }
.ticks { list-style: none; padding-left: 0; }
.box { display: inline-block; width: .85rem; height: .85rem; border: 1.5px solid #111; vertical-align: -1px; }
.blank { display: inline-block; width: 11rem; height: 1.2rem; border-bottom: 1px solid #111; }
figure svg { max-width: 100%; height: auto; }
a { color: #0a58a5; }
@media print {
  @page { margin: 14mm; }
  body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; }
  h1, h2, h3, h4 { break-after: avoid; }
  .whole, pre, tr, figure, li { break-inside: avoid; }
  .sheet { break-before: page; }
  a { color: inherit; text-decoration: none; }
  th { background: none; }
  pre.copy { background: none; }
}
)css";

}  // namespace muster::backends::page
