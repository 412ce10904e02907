// SPDX-License-Identifier: MIT
// The time of one step over every contiguous type of tensor, beside that over a pointer and a size. All take turns, and
// those that can are shown the same memory, because where arrays lie matters more in a cache than what they are called.
#include "arrays.hpp"
#include "report.hpp"
#include "rounds.hpp"

#include <gradus/gradus.hpp>
#include <gradus/tensor/valarray.hpp>
#if __has_include(<Eigen/Core>)
#include <gradus/tensor/eigen.hpp>
#endif
#if __has_include(<armadillo>)
#include <gradus/tensor/armadillo.hpp>
#endif

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <valarray>
#include <vector>

namespace {

using Optimizer = gradus::Optimizer<gradus::Momentum, gradus::LearningRate>;

// One call, as a user's is.
template <class X>
[[gnu::noinline]] void step(const Optimizer& optimizer, X& theta, const X& gradient, gradus::State& state) {
  optimizer.ascend(theta, gradient, state);
}

/// Parameters, gradient and slots of a run, and who steps them.
struct Run {
  const Optimizer& optimizer;
  bench::Array theta, gradient;
  gradus::State state{};
  std::vector<bench::Contestant> all{};

  Run(const Optimizer& with, std::size_t size, std::size_t layout)
      : optimizer(with), theta(size, layout * 13 % 64), gradient(size, layout * 37 % 64) {
    bench::fill(theta.span(), 1), bench::fill(gradient.span(), 2);
    state = optimizer.init(theta.span());
  }

  /// `make(span)` shows the memory, or copies it.
  template <class Make>
  void add(const char* name, Make make) {
    all.push_back({name, bench::timed([this, x = make(theta.span()), g = make(gradient.span())]() mutable {
                     step(optimizer, x, g, state);
                   })});
  }

  void add_all() {
    using Span = std::span<float>;
    add("pointer", [](Span x) { return x; });
    add("xt::adapt",
        [](Span x) { return xt::adapt(x.data(), x.size(), xt::no_ownership(), std::array<std::size_t, 1>{x.size()}); });
#if __has_include(<Eigen/Core>)
    add("Eigen::Map",
        [](Span x) { return Eigen::Map<Eigen::VectorXf>(x.data(), static_cast<Eigen::Index>(x.size())); });
#endif
#if __has_include(<armadillo>)
    add("arma::fvec", [](Span x) { return arma::fvec(x.data(), x.size(), false, true); });
#endif
    if (theta.span().size() != 2) return;
    add("std::vector", [](Span x) { return std::vector<float>(x.begin(), x.end()); });
    add("std::valarray", [](Span x) { return std::valarray<float>(x.data(), x.size()); });
    add("xt::xtensor", [](Span x) { return xt::xtensor<float, 1>{x[0], x[1]}; });
    add("xt::xarray", [](Span x) { return xt::xarray<float>{x[0], x[1]}; });
  }
};

}  // namespace

int main(int argc, char** argv) {
  std::size_t largest = std::size_t{16} << 20, layouts = 7, rounds = 15;
  CLI::App app{"The time of a step over every contiguous type of tensor"};
  app.add_option("--max-n", largest, "Largest number of elements")->capture_default_str();
  app.add_option("--layouts", layouts, "Ways to lay out arrays that fit a cache")->capture_default_str();
  app.add_option("--rounds", rounds, "Turns that every type takes per layout")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  const Optimizer optimizer;
  std::printf(
      "%s\nMedian time of an unbound step of momentum SGD, of a pointer and a size; of the other types what they take "
      "more\n"
      "at 2 elements, and beyond the ratio to that, median over layouts and rounds with [quartiles].\n",
      bench::circumstances(xsimd::default_arch::name()).c_str());
  for (const std::size_t size : {std::size_t{2}, std::size_t{1024}, std::size_t{16} << 10, std::size_t{256} << 10,
                                 std::size_t{4} << 20, std::size_t{16} << 20}) {
    if (size > largest) break;
    std::vector<bench::Times> times;
    for (std::size_t layout = 0; layout < (size < std::size_t{1} << 20 ? layouts : 1); ++layout) {
      Run run(optimizer, size, layout);
      run.add_all();
      bench::compete(run.all, rounds, 0.0003, times);
    }
    const double pointer = bench::spread(times[0].seconds).median;
    std::printf("\n%zu elements, %s\n", size, bench::duration(pointer).c_str());
    for (std::size_t k = 1; k < times.size(); ++k) {
      const bench::Spread x = bench::ratio(times[k], times[0]);
      if (size == 2)
        std::printf("  %-14s %+.1f ns\n", times[k].name.c_str(),
                    1e9 * (bench::spread(times[k].seconds).median - pointer));
      else std::printf("  %-14s %.2f [%.2f, %.2f]\n", times[k].name.c_str(), x.median, x.low, x.high);
    }
    std::fflush(stdout);
  }
}
