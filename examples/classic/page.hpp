// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "arrival.hpp"
#include "exceptions.hpp"

namespace classic {

/// (1, -2.5), with as many digits as it takes.
inline std::string text(const Vector& at) {
  std::ostringstream out;
  for (std::size_t i = 0; i < at.size(); ++i) out << (i == 0 ? "(" : ", ") << at[i];
  return out.str() + ")";
}

/// The number of steps, or a dash and the letter of the reason.
inline std::string cell(const Recipe& recipe, const Function& function) {
  if (const Arrival here = arrival(recipe, function); here.reached) return std::to_string(here.steps);
  const Exception* expected = exception(recipe.name, function.name);
  return expected ? std::string{"- "} + expected->reason.letter : "- unexpected";
}

inline void write_functions(std::ostream& out, const std::vector<Function>& functions) {
  out << "| function | start | minimum | its value |\n|---|---|---|---:|\n";
  for (const Function& f : functions) {
    const bool known = f.start.size() == 2;
    out << "| " << f.name << " | " << (known ? text(f.start) : "0") << " | "
        << (known ? text(f.best) : "by Newton's method") << " | " << f.least << " |\n";
  }
}

inline void write_table(std::ostream& out, const std::vector<Function>& functions) {
  out << "| recipe | rate |";
  for (const Function& f : functions) out << ' ' << f.name << " |";
  out << "\n|---|---:|";
  for (std::size_t i = 0; i < functions.size(); ++i) out << "---:|";
  for (const Recipe& recipe : recipes()) {
    out << "\n| `" << recipe.name << "` | ";
    if (recipe.rate != 0) out << recipe.rate;
    for (const Function& f : functions) out << " | " << cell(recipe, f);
    out << " |";
  }
  out << "\n\n";
  for (const Reason& reason : reasons) out << "- " << reason.letter << ": " << reason.text << '\n';
}

/// docs/steps.md.
inline void write_page(std::ostream& out, const std::vector<Function>& functions) {
  out << R"(# How many steps

Made by `build/examples/classic/classic steps >docs/steps.md`; `test/examples/classic_test.cpp` holds every recipe to
what it must reach.

## Seven functions

Every recipe but `sgld`, which samples, with its defaults, without tuning and from one start, on full gradients in
double: the steps until the value is within 1e-4 of the least one, as a share of its distance at the start, and stays
there for a hundred steps. The budget is 200,000 steps. Last stand rules that have no recipe, by the names of their
policies; `Mechanic` scales steps along the gradient.

)";
  write_functions(out, functions);
  out << R"(
The logistic regression tells *Iris virginica* from two other irises by four lengths
([examples/data](../examples/data/README.md)), with a penalty of 0.01 |w|^2 / 2 on five weights. The value is that of
the parameters as a step leaves them, also where a recipe keeps an average beside them.

)";
  write_table(out, functions);
  out << R"(
Few steps here are no merit by themselves. Most defaults were chosen for noisy gradients and many parameters; a rate of
1e-3 in units of the parameters then is caution, and here is the way divided by 1e-3.

## Paths

The pages of these recipes and rules in [reference](reference/README.md) show their ways over four landscapes: a
stretched bowl, Rosenbrock's valley, Styblinski-Tang from near its top, and Beale's function. They are drawn by
`build/examples/classic/classic landscapes --out DIR`.

Of 200 steps at the default rate times each of 0.001, 0.003, 0.01 and so on to 1000, a picture shows those of the lowest
rate that arrives within 1e-3 of the value's distance at the start. If none does, it shows those that end closest, among
the rates that do not leave the frame. The rate stands above; a recipe that chooses its rate itself takes its defaults.
A ring is the start, a dot the end, a cross the minimum.
)";
}

}  // namespace classic
