// SPDX-License-Identifier: MIT
#pragma once

#include "../arrays.hpp"
#include "../rounds.hpp"
#include "loops.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bench {

/// One recipe at one size, and its rivals on the same arrays.
class Run {
 public:
  static constexpr std::uint32_t parameter_seed = 1, gradient_seed = 2;

  Run(std::size_t size, std::size_t layout) : parameter(size, layout * 13 % 64), gradient(size, layout * 37 % 64) {
    fill(parameter.span(), parameter_seed), fill(gradient.span(), gradient_seed);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  virtual ~Run() = default;

  /// The slots, in the order of the recipe's policies.
  virtual std::vector<std::span<float>> slots() = 0;
  /// A step of gradus, leaves listed once; and its stopwatch.
  virtual void step() = 0;
  virtual Stopwatch bound() = 0;
  /// The reads and writes of a step without arithmetic, batch by batch or by fours.
  virtual Stopwatch stream() = 0;
  virtual Stopwatch stream_by_fours() = 0;

  /// What the plain loop works on.
  hand::Run by_hand() {
    hand::Run run{.parameter = parameter.span().data(), .gradient = gradient.span().data()};
    run.size = parameter.span().size();
    std::size_t s = 0;
    for (const auto slot : slots()) run.slot[s++] = slot.data();
    return run;
  }

  Array parameter, gradient;
};

/// A recipe as the table knows it, without its type. Reads and writes are arrays, of all sweeps together.
struct Recipe {
  std::string name;
  std::size_t sweeps, slots, reads, writes;
  hand::Step* plain;
  std::function<std::unique_ptr<Run>(std::size_t size, std::size_t layout)> run;

  std::size_t bytes() const { return (reads + writes) * sizeof(float); }
};

/// A family is a file, so that none takes long to compile.
std::vector<Recipe> momentum_recipes();
std::vector<Recipe> divisor_recipes();
std::vector<Recipe> adam_recipes();
std::vector<Recipe> sums_recipes();
std::vector<Recipe> optax_recipes();

}  // namespace bench
