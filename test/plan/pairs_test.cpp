// SPDX-License-Identifier: MIT
// Steps of complex numbers, against loops over std::complex<double>.
#include <gradus/plan/pairs.hpp>

#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/targets.hpp"

#include <gradus/gradus.hpp>

#include <doctest/doctest.h>

#include <complex>
#include <concepts>
#include <limits>
#include <numeric>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

using namespace gradus;

namespace {

template <class T>
using Complexes = std::vector<std::complex<T>>;
using Exact = std::complex<double>;

// A real slot in front of the complex one that it is computed from.
struct Correlation {
  static constexpr Slot slots[]{{"correlation"}, {"total"}};
  static constexpr void apply(Record& r, Lane& correlation, Lane& total) {
    correlation = correlation + r.gradient * total;
    total = total + r.gradient;
    r.update = r.update * correlation;
  }
};

template <class... P>
using UpdateOf = typename detail::Plan<P...>::Update;
template <class... P>
constexpr bool as_reals_of = std::same_as<detail::chain_of<UpdateOf<P...>, Exact>, UpdateOf<P...>>;
static_assert(as_reals_of<Momentum, LearningRate> && as_reals_of<ClipNorm, WeightDecay>);
static_assert(detail::in_pairs<detail::chain_of<UpdateOf<Adaptive>, Exact>> &&
              detail::in_pairs<detail::chain_of<UpdateOf<InfinityAdaptive>, Exact>>);
static_assert(!detail::in_pairs<detail::chain_of<UpdateOf<Adaptive>, double>>);

template <class T>
Complexes<T> complexes(const std::vector<T>& reals) {
  Complexes<T> z(reals.size() / 2);
  for (std::size_t i = 0; i < z.size(); ++i) z[i] = {reals[2 * i], reals[2 * i + 1]};
  return z;
}
template <class T>
Complexes<T> gradient(std::size_t size, std::uint64_t step) {
  return complexes(support::gradient<T>(2 * size, step + 3));
}
template <class T>
std::vector<T> reals(const Complexes<T>& z) {
  return {as_reals(z.data()), as_reals(z.data()) + 2 * z.size()};
}

template <class T, class O, class... Backend>
Complexes<T> climbed(const O& optimizer, std::size_t size, Backend... backend) {
  auto z = complexes(support::parameters<T>(2 * size));
  auto state = optimizer.init(z);
  for (std::uint64_t step = 0; step < 5; ++step) optimizer.ascend(z, gradient<T>(size, step), state, backend...);
  return z;
}

// The same by step(t, parameter, gradient, two slots, the norm of all gradients) for one element.
template <class T, class Step>
std::vector<Exact> expected(std::size_t size, Step step) {
  const auto start = complexes(support::parameters<T>(2 * size));
  std::vector<Exact> z(start.begin(), start.end()), a(size), b(size);
  for (std::uint64_t t = 1; t <= 5; ++t) {
    const auto g = gradient<T>(size, t - 1);
    const double norm = std::sqrt(std::transform_reduce(g.begin(), g.end(), 0.0, std::plus<>{},
                                                        [](const auto& one) { return std::norm(Exact(one)); }));
    for (std::size_t i = 0; i < size; ++i) z[i] += step(static_cast<double>(t), z[i], Exact(g[i]), a[i], b[i], norm);
  }
  return z;
}

template <class T, class O, class Step>
void check(const O& optimizer, Step step) {
  const double digit = std::max(static_cast<double>(std::numeric_limits<T>::epsilon()), 0x1p-52);  // the coarser one
  for (const std::size_t size : {1u, 2u, 37u, 1500u}) {
    const auto z = climbed<T>(optimizer, size);
    const auto want = expected<T>(size, step);
    for (std::size_t i = 0; i < size; ++i)
      CHECK(std::abs(Exact(z[i]) - want[i]) <= 50 * digit * (1 + std::abs(want[i])));
  }
}

}  // namespace

namespace {

struct Judged {
  detail::Kind kind;
  detail::Nonsense nonsense;
};

// An operation of what the letters stand for: z a complex number, x a real one, u one of unknown kind, 0 the constant.
constexpr Judged judged(detail::Op op, std::string_view letters) {
  using detail::Op;
  detail::Graph graph;
  detail::Kinds streams;
  streams.of[0] = detail::Kind::complex, streams.of[1] = detail::Kind::real;
  const short z = graph.put({Op::stream, 0}), x = graph.put({Op::stream, 1}), u = graph.put({Op::stream, 2});
  const short zero = graph.put({Op::constant});
  short of[4]{};
  for (std::size_t k = 0; k < letters.size(); ++k)
    of[k] = letters[k] == 'z' ? z : letters[k] == 'x' ? x : letters[k] == 'u' ? u : zero;
  const short node = graph.put({op, of[0], of[1], of[2], of[3]});
  const detail::Kinds kinds = detail::kinds_of(graph, streams);
  return {kinds.of[node], detail::nonsense_of(graph, kinds, graph.nodes[node])};
}

}  // namespace

TEST_SUITE_BEGIN("pairs");

TEST_CASE("the kind of a result follows from those of its operands, as far as they are known") {
  using enum detail::Op;
  const auto check_kind = [](detail::Kind kind, detail::Op op, std::initializer_list<const char*> operands) {
    for (const char* letters : operands) {
      CAPTURE(letters);
      CHECK(judged(op, letters).kind == kind);
    }
  };
  check_kind(detail::Kind::real, mul, {"xx", "zz"});
  check_kind(detail::Kind::complex, mul, {"xz", "zx"});
  check_kind(detail::Kind::unknown, mul, {"ux", "xu", "uz", "zu", "uu"});
  check_kind(detail::Kind::complex, add, {"zz", "zx", "xz", "zu", "uz"});
  check_kind(detail::Kind::unknown, add, {"ux", "xu", "uu"});
  check_kind(detail::Kind::real, add, {"xx", "x0"});
  check_kind(detail::Kind::real, fma, {"xxx", "zzx"});
  check_kind(detail::Kind::complex, fma, {"zxx", "xzx", "xxz", "uxz"});
  check_kind(detail::Kind::unknown, fma, {"uxx", "xxu", "uzx"});
  check_kind(detail::Kind::complex, select_less, {"xxzx", "xxxz", "xxzu"});
  check_kind(detail::Kind::real, select_equal, {"xxxx", "zzxx"});
  check_kind(detail::Kind::real, abs, {"z", "x", "u"});
  check_kind(detail::Kind::complex, neg, {"z"});
  check_kind(detail::Kind::real, sqrt, {"x"});
}

TEST_CASE("what makes no sense of complex numbers: to compare them, divide by them, or add a real number") {
  using enum detail::Op;
  using detail::Nonsense;
  const auto check_sense = [](Nonsense nonsense, detail::Op op, std::initializer_list<const char*> operands) {
    for (const char* letters : operands) {
      CAPTURE(letters);
      CHECK(judged(op, letters).nonsense == nonsense);
    }
  };
  for (const detail::Op op : {add, sub}) {
    check_sense(Nonsense::mixes, op, {"zx", "xz"});
    check_sense(Nonsense::none, op, {"zz", "xx", "z0", "0z"});
  }
  check_sense(Nonsense::divides, div, {"xz", "zz"});
  check_sense(Nonsense::none, div, {"zx", "xx"});
  for (const detail::Op op : {min, max}) {
    check_sense(Nonsense::compares, op, {"zx", "xz"});
    check_sense(Nonsense::none, op, {"xx"});
  }
  for (const detail::Op op : {sqrt, cbrt, exp, log}) {
    check_sense(Nonsense::divides, op, {"z"});
    check_sense(Nonsense::none, op, {"x"});
  }
  check_sense(Nonsense::divides, fma, {"zzx", "zzz"});
  check_sense(Nonsense::mixes, fma, {"zxx", "xzx", "xxz"});
  check_sense(Nonsense::none, fma, {"xxx", "zxz", "xzz"});
  for (const detail::Op op : {select_less, select_less_equal, select_equal}) {
    check_sense(Nonsense::compares, op, {"zxxx", "xzxx"});
    check_sense(Nonsense::mixes, op, {"xxzx", "xxxz"});
    check_sense(Nonsense::none, op, {"xxzz", "xxxx", "xxz0", "xx0z"});
  }
  check_sense(Nonsense::none, mul, {"zz", "zx"});
  check_sense(Nonsense::none, neg, {"z"});
}

TEST_CASE_TEMPLATE("the norm, weight decay and momentum treat complex numbers as vectors of the plane", T, float,
                   double) {
  check<T>(Optimizer{ClipNorm{.norm = 2}, WeightDecay{0.1}, Momentum{0.8}, Nesterov{}, LearningRate{0.1}},
           [](double, Exact z, Exact g, Exact& v, Exact&, double norm) {
             const Exact u = g * std::min(1.0, 2 / norm) - 0.1 * z;
             v = 0.8 * v + u;
             return 0.1 * (u + 0.8 * v);
           });
}

TEST_CASE_TEMPLATE("a second moment is that of the magnitude", T, float, double) {
  check<T>(Optimizer{CorrectedMomentum{0.9}, CorrectedAdaptive{0.99, 1e-3}, LearningRate{0.1}},
           [](double t, Exact, Exact g, Exact& m, Exact& s, double) {
             m = 0.9 * m + 0.1 * g;
             s = 0.99 * s + (1 - 0.99) * std::norm(g);
             return 0.1 * m / (1 - std::pow(0.9, t)) / (std::sqrt(s.real() / (1 - std::pow(0.99, t))) + 1e-3);
           });
  check<T>(Optimizer{LargestAdaptive{0.5, 1e-3}, LearningRate{0.1}},
           [](double t, Exact, Exact g, Exact& s, Exact& most, double) {
             s = 0.5 * s + 0.5 * std::norm(g);
             most = std::max(most.real(), s.real());
             return 0.1 * g / (std::sqrt(most.real() / (1 - std::pow(0.5, t))) + 1e-3);
           });
}

TEST_CASE("whether a slot is real or complex follows from what is stored in it, in any order of slots") {
  check<double>(Optimizer{Correlation{}, LearningRate{0.01}},
                [](double, Exact, Exact g, Exact& correlation, Exact& total, double) {
                  correlation += (g * std::conj(total)).real();
                  total += g;
                  return 0.01 * g * correlation;
                });
}

// Three slots, each of whose kind depends on the one before it.
struct Chained {
  static constexpr Slot slots[]{{"square"}, {"total"}, {"weight", 1}};
  static constexpr void apply(Record& r, Lane& square, Lane& total, Lane& weight) {
    const Lane before = square;
    square = r.gradient * total;
    total = total + weight * r.gradient;
    weight = 0.5 * weight;
    r.update = r.update / (abs(before) + 1.0);
  }
};

TEST_CASE("whether a slot is real or complex may follow from slots behind it") {
  check<double>(Optimizer{Chained{}, LearningRate{0.1}},
                [](double t, Exact, Exact g, Exact& square, Exact& total, double) {
                  const double before = square.real();
                  square = (g * std::conj(total)).real();
                  total += std::pow(0.5, t - 1) * g;
                  return 0.1 * g / (std::abs(before) + 1);
                });
}

TEST_CASE("sums over leaves of odd sizes never part a pair") {
  const Optimizer optimizer{Adaptive{}, BarzilaiBorwein{}};
  const auto steps = [&](auto first, auto second, auto... backend) {
    std::tuple theta(first, second), gradient(first, second);
    auto state = optimizer.init(theta);
    for (std::uint64_t step = 0; step < 3; ++step) {
      std::get<Complexes<double>>(gradient) = ::gradient<double>(5000, step);
      std::get<std::vector<double>>(gradient) = support::gradient<double>(3, step);
      optimizer.ascend(theta, gradient, state, backend...);
    }
    return std::get<Complexes<double>>(theta);
  };
  const Complexes<double> z(5000);
  const std::vector<double> x(3);
  const auto apart = steps(z, x), behind = steps(x, z);
  CHECK(steps(x, z, backend::Serial{}) == behind);
  for (std::size_t i = 0; i < z.size(); ++i) CHECK(std::abs(apart[i] - behind[i]) <= 1e-12 * std::abs(apart[i]));
}

TEST_CASE_TEMPLATE("the magnitude of a complex number involves both parts", T, float, double) {
  const InfinityAdaptive policy{.beta = 0.5, .epsilon = 1e-3};
  const auto one = climbed<T>(Optimizer{policy}, 1);
  // Rotated by a quarter turn, which only swaps the parts, it takes the same path.
  Complexes<T> z = complexes(support::parameters<T>(2)), turned{z[0] * std::complex<T>(0, 1)};
  const Optimizer optimizer{policy};
  auto state = optimizer.init(z), other = optimizer.init(turned);
  for (std::uint64_t step = 0; step < 5; ++step) {
    auto g = gradient<T>(1, step);
    optimizer.ascend(z, g, state);
    g[0] *= std::complex<T>(0, 1);
    optimizer.ascend(turned, g, other);
  }
  CHECK(z == one);
  CHECK(turned[0] == z[0] * std::complex<T>(0, 1));
  CHECK(state.template slot<T>(InfinityAdaptive::slots[0].name)[0] ==
        state.template slot<T>(InfinityAdaptive::slots[0].name)[1]);
}

TEST_CASE_TEMPLATE("every backend and target gives the same bits", T, float, double) {
  const Optimizer linear{ClipNorm{.norm = 2}, Momentum{}, LearningRate{}};
  const Optimizer adam{CorrectedMomentum{}, CorrectedAdaptive{}, ClipNorm{.norm = 0.1}, LearningRate{}};
  const Optimizer adamax{AveragedMomentum{}, InfinityAdaptive{}, LearningRate{}};
  const auto same = [](const auto& optimizer) {
    for (std::size_t size = 0; size < 40; ++size) {
      const auto serial = reals(climbed<T>(optimizer, size, backend::Serial{}));
      CHECK(support::same_bits(serial, reals(climbed<T>(optimizer, size, backend::Flags{}))));
      support::for_each_target(
          [&] { CHECK(support::same_bits(serial, reals(climbed<T>(optimizer, size, backend::Simd{})))); });
    }
    const auto serial = reals(climbed<T>(optimizer, 5000, backend::Serial{}));
    support::for_each_target([&] {
      CHECK(support::same_bits(serial, reals(climbed<T>(optimizer, 5000))));
      CHECK(support::same_bits(serial, reals(climbed<T>(optimizer, 5000, backend::Xtensor{}))));
    });
  };
  same(linear), same(adam), same(adamax);
}

TEST_CASE("linear policies step complex numbers as their real parts, bit for bit") {
  const Optimizer optimizer{ClipNorm{.norm = 2}, WeightDecay{}, Momentum{}, LearningRate{}};
  auto z = complexes(support::parameters<double>(2000));
  auto x = reals(z);
  auto state = optimizer.init(z), other = optimizer.init(x);
  for (std::uint64_t step = 0; step < 3; ++step) {
    optimizer.descend(z, gradient<double>(1000, step), state);
    optimizer.descend(x, reals(gradient<double>(1000, step)), other);
  }
  CHECK(support::same_bits(reals(z), x));
}

TEST_CASE("complex long double, slots of another type, non-contiguous tensors, and expressions") {
  check<long double>(Optimizer{Adaptive{0.5, 1e-3}}, [](double, Exact, Exact g, Exact& s, Exact&, double) {
    s = 0.5 * s + 0.5 * std::norm(g);
    return g / (std::sqrt(s.real()) + 1e-3);
  });
  const Optimizer adam{CorrectedMomentum{}, CorrectedAdaptive{}, LearningRate{}};
  const auto want = climbed<double>(adam, 600);
  auto z = complexes(support::parameters<double>(1200));
  auto narrow = adam.init(z, Storage<std::complex<float>>{});
  xt::xarray<Exact> table = xt::zeros<Exact>({std::size_t{600}, std::size_t{3}});
  auto column = xt::view(table, xt::all(), 1);
  column = xt::adapt(z, std::array{z.size()});
  auto state = adam.init(column);
  for (std::uint64_t step = 0; step < 5; ++step) {
    const auto g = gradient<double>(600, step);
    adam.ascend(z, g, narrow);
    adam.ascend(column, 2.0 * xt::adapt(g, std::array{g.size()}) * Exact(0.5, 0), state);
  }
  for (std::size_t i = 0; i < z.size(); ++i) {
    CHECK(std::abs(z[i] - want[i]) < 1e-6);
    CHECK(column(i) == want[i]);
    CHECK(table(i, 2) == Exact());
  }
}

TEST_CASE("a state shows its slots as complex numbers and as their parts") {
  const Optimizer optimizer{Momentum{}};
  Complexes<double> z{{1, 2}, {3, 4}};
  auto state = optimizer.init(z);
  optimizer.ascend(z, Complexes<double>{{5, 6}, {7, 8}}, state);
  const auto velocity = state.slot<Exact>("velocity");
  CHECK(std::vector(velocity.begin(), velocity.end()) == Complexes<double>{{5, 6}, {7, 8}});
  const auto parts = state.slot<double>("velocity");
  CHECK(std::vector(parts.begin(), parts.end()) == std::vector<double>{5, 6, 7, 8});
  state.visit([](std::string_view, std::string_view slot, auto values) {
    if (slot == "velocity") CHECK(values.size() == 4);
  });
  CHECK(state.shape()[0] == 2);
  auto narrow = optimizer.init(z, Storage<std::complex<float>>{});
  std::size_t shown = 0;
  narrow.visit([&](std::string_view, std::string_view slot, auto values) {
    if (slot == "velocity") shown = values.size();
  });
  CHECK(shown == 4);
  static_assert(cost<Optimizer<Momentum>, Exact>.bytes == 5 * sizeof(Exact));
  std::vector<double> x(4);
  auto of_reals = optimizer.init(x);
  CHECK_THROWS_AS(optimizer.ascend(x, x, state), Refused);
  CHECK_THROWS_AS(static_cast<void>(of_reals.slot<Exact>("velocity")), Refused);
}

TEST_CASE("one norm covers complex and real leaves; a non-finite part is reported by its complex element") {
  std::tuple<Complexes<double>, std::vector<float>, Exact> theta{{{0, 0}}, {0}, {0, 0}};
  const Optimizer clip{RefuseNonFinite{}, ClipNorm{.norm = 1}};
  auto state = clip.init(theta);
  clip.ascend(theta, std::tuple(Complexes<double>{{0, 2}}, std::vector<float>{1}, Exact(2, 0)), state);
  CHECK(std::get<0>(theta)[0] == Exact(0, 2.0 / 3));
  CHECK(std::get<1>(theta)[0] == static_cast<float>(1.0 / 3));
  CHECK(std::get<2>(theta) == Exact(2.0 / 3, 0));
  Complexes<double> z(5), g(5);
  g[3] = {1, std::numeric_limits<double>::infinity()};
  auto own = clip.init(z);
  CHECK_THROWS_WITH_AS(clip.ascend(z, g, own), doctest::Contains("is inf at element 3"), Refused);
  CHECK_THROWS_WITH_AS((Optimizer{ClipNorm{.order = 1}}.ascend(z, z, own = Optimizer{ClipNorm{.order = 1}}.init(z))),
                       doctest::Contains("order is 1, and of complex numbers only the Euclidean norm is taken"),
                       Refused);
}

TEST_CASE("the driver, averages and the gradient check take complex parameters") {
  const Exact summit(3, -4);
  const auto hill = [&](const Complexes<double>& z, Complexes<double>& g) {
    double value = 0;
    for (std::size_t i = 0; i < z.size(); ++i) g[i] = -2.0 * (z[i] - summit), value -= std::norm(z[i] - summit);
    return value;
  };
  Complexes<double> z(3);
  CHECK(check_gradient(hill, z));
  const auto wrong = check_gradient(
      [&](const Complexes<double>& at, Complexes<double>& g) {
        const double value = hill(at, g);
        g[1] = std::conj(g[1]);
        return value;
      },
      z);
  CHECK(wrong.str().starts_with("parameter[1], imaginary part: the gradient given is 8"));
  const Optimizer optimizer{Momentum{}, LearningRate{0.05}, MovingAverage{0.5}};
  auto state = optimizer.init(z);
  const auto result = maximize(hill, z, optimizer, state, {.steps = 500, .gradient_norm = 1e-9});
  CHECK(result.reason == Stop::gradient_norm);
  CHECK(std::abs(z[2] - summit) < 1e-9);
  CHECK(std::abs(averages(optimizer, z, state).values()[2] - summit) < 1e-6);
}

TEST_SUITE_END();
