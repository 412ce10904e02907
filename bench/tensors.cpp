// SPDX-License-Identifier: MIT
// The time of one step over every contiguous type of tensor, beside that over a pointer and a size to the same memory,
// in turns: in a cache, where arrays lie matters more than their type.
#include "arrays.hpp"
#include "report.hpp"
#include "rounds.hpp"

#include <gradus/gradus.hpp>
#include <gradus/tensor/multi_array.hpp>
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

// One call, as in a user's code.
template <class X>
[[gnu::noinline]] void step(const Optimizer& optimizer, X& theta, const X& gradient, gradus::State& state) {
  optimizer.ascend(theta, gradient, state);
}

/// One type of tensor beside the pointer.
struct Duel {
  std::string name;
  std::vector<bench::Times> times{};
};

/// All types at one size.
class Field {
 public:
  Field(const Optimizer& optimizer, std::size_t rounds) : optimizer_(optimizer), rounds_(rounds) {}

  /// Once more, over arrays in another layout.
  void run(std::size_t size, std::size_t layout) {
    bench::Array theta(size, layout * 13 % 64), gradient(size, layout * 37 % 64);
    bench::fill(theta.span(), 1), bench::fill(gradient.span(), 2);
    theta_ = theta.span(), gradient_ = gradient.span(), next_ = 0;
    using Shape = std::array<std::size_t, 1>;
    add("std::vector", [](Span x) { return std::vector<float>(x.begin(), x.end()); });
    add("std::valarray", [](Span x) { return std::valarray<float>(x.data(), x.size()); });
    add("xt::adapt", [](Span x) { return xt::adapt(x.data(), x.size(), xt::no_ownership(), Shape{x.size()}); });
    add("xt::xtensor", [](Span x) { return xt::xtensor<float, 1>(Shape{x.size()}, 0.5f); });
    add("xt::xarray", [](Span x) { return xt::xarray<float>(std::vector{x.size()}, 0.5f); });
    add("multi_array",
        [](Span x) { return boost::multi_array<float, 1>(boost::extents[static_cast<long>(x.size())]); });
    add("multi_array_ref",
        [](Span x) { return boost::multi_array_ref<float, 1>(x.data(), boost::extents[static_cast<long>(x.size())]); });
#if __has_include(<Eigen/Core>)
    using Vector = Eigen::VectorXf;
    const auto map = [](Span x) { return Eigen::Map<Vector>(x.data(), static_cast<Eigen::Index>(x.size())); };
    add("Eigen::VectorXf", [&](Span x) { return Vector(map(x)); });
    add("Eigen::Map", map);
#endif
#if __has_include(<armadillo>)
    add("arma::fvec", [](Span x) { return arma::fvec(x.data(), x.size()); });
    add("arma::fvec, shown", [](Span x) { return arma::fvec(x.data(), x.size(), false, true); });
#endif
  }

  const std::vector<Duel>& duels() const { return duels_; }

 private:
  using Span = std::span<float>;

  template <class X>
  static Span seen(X& x) {
    return {gradus::tensor_traits<X>::data(x, gradus::Order::row_major), gradus::size_of(x)};
  }

  /// `make(span)` makes a view of that memory, or a tensor with its own.
  template <class Make>
  void add(const char* name, Make make) {
    if (next_ == duels_.size()) duels_.push_back({name});
    auto x = make(theta_), g = make(gradient_);
    Span theta = seen(x), gradient = seen(g);
    auto state = optimizer_.init(theta);
    bench::compete({{"pointer", bench::timed([&] { step(optimizer_, theta, gradient, state); })},
                    {name, bench::timed([&] { step(optimizer_, x, g, state); })}},
                   rounds_, 0.0003, duels_[next_++].times);
  }

  const Optimizer& optimizer_;
  std::size_t rounds_;
  Span theta_{}, gradient_{};
  std::vector<Duel> duels_{};
  std::size_t next_ = 0;
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
      "%s\nMedian time of an unbound step of momentum SGD beside that of a pointer and a size: what it takes more\n"
      "at 2 elements, and beyond the ratio, median over layouts and rounds with [quartiles].\n",
      bench::circumstances(xsimd::default_arch::name()).c_str());
  for (const std::size_t size : {std::size_t{2}, std::size_t{1024}, std::size_t{16} << 10, std::size_t{256} << 10,
                                 std::size_t{4} << 20, std::size_t{16} << 20}) {
    if (size > largest) break;
    Field field(optimizer, rounds);
    for (std::size_t layout = 0; layout < (size < std::size_t{1} << 20 ? layouts : 1); ++layout)
      field.run(size, layout);
    const auto median = [](const bench::Times& times) { return bench::spread(times.seconds).median; };
    std::printf("\n%zu elements, %s\n", size, bench::duration(median(field.duels()[0].times[0])).c_str());
    for (const Duel& duel : field.duels()) {
      const bench::Times &pointer = duel.times[0], &type = duel.times[1];
      const bench::Spread x = bench::ratio(type, pointer);
      if (size == 2) std::printf("  %-18s %+.1f ns\n", duel.name.c_str(), 1e9 * (median(type) - median(pointer)));
      else std::printf("  %-18s %.2f [%.2f, %.2f]\n", duel.name.c_str(), x.median, x.low, x.high);
    }
    std::fflush(stdout);
  }
}
