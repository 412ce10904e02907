// SPDX-License-Identifier: MIT
#include <gradus/compose/optimizer.hpp>

#include "support/lazy.hpp"

#include <gradus/backend/serial.hpp>
#include <gradus/backend/xtensor.hpp>
#include <gradus/compose/partition.hpp>
#include <gradus/drive/maximize.hpp>
#include <gradus/parameters/named.hpp>
#include <gradus/policy/adaptive.hpp>
#include <gradus/policy/clip_norm.hpp>
#include <gradus/policy/learning_rate.hpp>
#include <gradus/policy/log.hpp>
#include <gradus/policy/momentum.hpp>
#include <gradus/policy/skip_non_finite.hpp>
#include <gradus/tensor/std.hpp>
#include <gradus/tensor/xtensor.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <map>
#include <new>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

// The whole executable allocates through these; the other forms of new and delete call them. They are not inline: a
// compiler that could see only one half of a pair would warn that the halves do not match.

namespace {

std::size_t allocated = 0;
std::size_t fails = 0;  // the number of the allocation that does, counted from now on; 0 for none

void* or_throw(void* memory) {
  ++allocated;
  if (!memory || (fails != 0 && --fails == 0)) std::free(memory), throw std::bad_alloc();
  return memory;
}

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) { return or_throw(std::malloc(size ? size : 1)); }
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t align) {
  const auto step = static_cast<std::size_t>(align);
  return or_throw(std::aligned_alloc(step, (size / step + 1) * step));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

using gradus::Optimizer;
using Vector = std::vector<double>;

namespace {

/// How often f allocates.
template <class F>
std::size_t allocations(F f) {
  const std::size_t before = allocated;
  f();
  return allocated - before;
}

/// Lets every allocation of f fail, one after the other, and calls unchanged() each time; returns how many there are.
template <class F, class Unchanged>
std::size_t failures(F f, Unchanged unchanged) {
  for (std::size_t n = 1;; ++n) {
    fails = n;
    try {
      f();
      fails = 0;
      return n - 1;
    } catch (const std::bad_alloc&) {
      unchanged();
    }
  }
}

/// Checks that no step after `init` allocates: the first one, later ones, steps of a copied state, and bound steps.
template <class... Parts, class Theta, class G, class... Extra>
void check_none(const Optimizer<Parts...>& optimizer, Theta& theta, const G& gradient, const Extra&... extra) {
  auto state = optimizer.init(theta);
  const auto steps = [&](gradus::State& of) {
    return allocations([&] {
      for (int t = 0; t < 3; ++t) optimizer.ascend(theta, gradient, of, extra...);
      optimizer.descend(theta, gradient, of, extra...);
    });
  };
  gradus::State fresh = state;
  CHECK(steps(state) == 0);
  CHECK(steps(fresh) == 0);
  gradus::State copy = state, of_copy = copy;
  CHECK(steps(copy) == 0);
  CHECK(steps(of_copy) == 0);

  auto bound = optimizer.bind(theta, gradient, state);
  CHECK(allocations([&] { bound.ascend(), bound.descend(); }) == 0);
}

/// Too long for a string's internal buffer.
std::string long_name(int number) { return "a parameter with a long name, number " + std::to_string(number); }

const Optimizer chain{gradus::Momentum{}, gradus::Adaptive{}, gradus::LearningRate{}};

}  // namespace

TEST_CASE("allocation: allocations are counted") {
  CHECK(allocations([] { ::operator delete(::operator new(8)); }) == 1);
  CHECK(allocations([] { ::operator delete(::operator new(8, std::align_val_t(64)), std::align_val_t(64)); }) == 1);
  const Vector x(100);
  CHECK(allocations([&] { chain.init(x); }) > 0);
}

TEST_CASE_TEMPLATE("allocation: steps of a single tensor allocate nothing", T, float, double) {
  std::vector<T> x(3000, T(1));
  const std::vector<T> g(3000, T(0.5));
  SUBCASE("in one piece") { check_none(chain, x, g); }
  SUBCASE("serially") { check_none(chain, x, g, gradus::backend::Serial{}); }
  SUBCASE("walked") { check_none(chain, x, g, gradus::backend::Xtensor{}); }
  SUBCASE("observed") {
    check_none(chain, x, g, [](const gradus::Report&) {});
  }
}

TEST_CASE("allocation: steps of a partition allocate nothing") {
  std::vector<Vector> x(100, Vector(7, 1.0));
  const std::vector<Vector> g(100, Vector(7, 0.5));
  const gradus::Partition optimizer{gradus::ClipNorm{1}, gradus::for_leaves(gradus::Named{"[?]"}, chain),
                                    gradus::for_others(gradus::LearningRate{0.1})};
  auto state = optimizer.init(x);
  auto copy = state;
  CHECK(allocations([&] {
          for (int t = 0; t < 3; ++t) optimizer.ascend(x, g, state), optimizer.descend(x, g, copy);
        }) == 0);
}

TEST_CASE("allocation: writing a line of the log allocates nothing") {
  struct Nowhere : std::streambuf {
    std::streamsize xsputn(const char*, std::streamsize size) override { return written += size, size; }
    std::streamsize written = 0;
  } nowhere;
  std::ostream out(&nowhere);
  Vector x(3000, 1);
  const Vector g(3000, 1.0 / 3);
  check_none(gradus::Optimizer{gradus::LearningRate{0.1}, gradus::Log{1, gradus::ToStream{&out}}}, x, g);
  CHECK(nowhere.written > 0);
}

TEST_CASE("allocation: steps of a set of 100 leaves allocate nothing") {
  SUBCASE("leaves found by index") {
    std::vector<Vector> x(100, Vector(7, 1.0));
    const std::vector<Vector> g(100, Vector(7, 0.5));
    check_none(chain, x, g);
    check_none(chain, x, g, [](const gradus::Report&) {});
    check_none(chain, x, g, gradus::backend::Xtensor{});
  }
  SUBCASE("leaves found by name") {
    std::map<std::string, Vector> x, g;
    for (int i = 0; i < 100; ++i) x[long_name(i)] = g[long_name(i)] = Vector(7, 1.0);
    check_none(chain, x, g);
  }
  SUBCASE("some leaves without a gradient") {
    std::map<std::string, Vector> x, g;
    for (int i = 0; i < 100; ++i) x[long_name(i)] = Vector(7, 1.0);
    for (int i = 0; i < 100; i += 3) g[long_name(i)] = Vector(7, 1.0);
    check_none(chain, x, g);
  }
}

TEST_CASE("allocation: an xtensor expression as the gradient allocates nothing") {
  xt::xtensor<double, 2> x = xt::ones<double>({40, 50}), h = x;
  check_none(chain, x, 2.0 * h);
}

TEST_CASE("allocation: checking the memory of parameters that have moved allocates nothing") {
  std::vector<Vector> x(100, Vector(7, 1.0)), y = x;
  const std::vector<Vector> g(100, Vector(7, 0.5)), h = g;
  auto state = chain.init(x);
  CHECK(allocations([&] {
          chain.ascend(x, g, state);
          chain.ascend(y, h, state);
          chain.ascend(x, h, state);
        }) == 0);
}

TEST_CASE("allocation: the driver, which keeps the last good point and state, allocates nothing in its steps") {
  const auto in_steps = [](std::int64_t steps) {
    Vector x(100, 1.0);
    const auto bowl = [](const Vector& at, Vector& gradient) {
      double sum = 0;
      for (std::size_t i = 0; i < at.size(); ++i) gradient[i] = -2 * at[i], sum -= at[i] * at[i];
      return sum;
    };
    return allocations([&] { gradus::maximize(bowl, x, chain, {.steps = steps}); });
  };
  CHECK(in_steps(5) == in_steps(50));
}

TEST_CASE("allocation: checking interleaved columns whose gradients have moved allocates nothing") {
  xt::xarray<double> table = xt::zeros<double>({50, 2});
  const xt::xarray<double> a = xt::ones<double>({50}), b = a, c = a, d = a;
  auto columns = std::tuple(xt::view(table, xt::all(), 0), xt::view(table, xt::all(), 1));
  auto state = chain.init(columns);
  const auto first = std::tie(a, b), second = std::tie(c, d);
  chain.ascend(columns, first, state);
  CHECK(allocations([&] { chain.ascend(columns, second, state); }) == 0);
}

TEST_CASE("allocation: measuring a norm allocates nothing") {
  std::vector<Vector> x(100, Vector(50, 1.0));
  const std::vector<Vector> g(100, Vector(50, 0.5));
  for (const double order : {1.0, 2.0, 3.0, std::numeric_limits<double>::infinity()}) {
    CAPTURE(order);
    check_none(Optimizer{gradus::ClipNorm{.norm = 0.1, .order = order}, gradus::LearningRate{}}, x, g);
    check_none(Optimizer{gradus::Momentum{}, gradus::ClipNorm{.norm = 0.1, .order = order}}, x, g);
  }
}

TEST_CASE("allocation: a skipped step allocates nothing") {
  Vector x(10);
  const Vector g(10, std::nan(""));
  check_none(Optimizer{gradus::SkipNonFinite{.most = 1000}, gradus::Momentum{}}, x, g);
}

TEST_CASE("allocation: a lazy gradient that is evaluated inside the pass allocates nothing") {
  Vector x(3000, 1.0);
  check_none(chain, x, lazy::elementwise<double>(3000, [&](std::size_t i) { return x[i] / 2; }));
}

namespace {

/// Checks that the first step allocates scratch memory and that this is enough for all later steps: of the state, of
/// its copies, and bound ones.
template <class... Parts, class Theta, class G>
void check_first_unbound(const Optimizer<Parts...>& optimizer, Theta& theta, const G& gradient) {
  auto state = optimizer.init(theta);
  const auto step = [&](gradus::State& of) { return allocations([&] { optimizer.ascend(theta, gradient, of); }); };
  CHECK(step(state) == 1);
  CHECK(step(state) == 0);
  gradus::State copy = state, of_copy = copy;
  CHECK(step(copy) == 0);
  CHECK(step(of_copy) == 0);
  CHECK(step(state) == 0);
}
template <class... Parts, class Theta, class G>
void check_first(const Optimizer<Parts...>& optimizer, Theta& theta, const G& gradient) {
  check_first_unbound(optimizer, theta, gradient);
  auto state = optimizer.init(theta);
  optimizer.ascend(theta, gradient, state);
  auto bound = optimizer.bind(theta, gradient, state);
  CHECK(allocations([&] { bound.ascend(); }) == 0);
}

}  // namespace

TEST_CASE("allocation: a callable gradient allocates scratch in the first step only") {
  std::vector<Vector> set(100, Vector(30, 1.0));
  check_first_unbound(chain, set, [](std::string_view, const Vector&) { return std::array<double, 30>{1, 2, 3}; });
}

TEST_CASE("allocation: a lazy gradient allocates scratch in the first step only") {
  Vector x(3000, 1.0);
  const auto itself = [&](std::size_t i) { return x[i] / 2; };
  SUBCASE("that may read any element") { check_first(chain, x, lazy::anywhere<double>(3000, itself)); }
  SUBCASE("whose norm is measured first") {
    check_first(Optimizer{gradus::ClipNorm{.norm = 0.1}}, x, lazy::elementwise<double>(3000, itself));
  }
  SUBCASE("of a set") {
    std::vector<Vector> set(100, Vector(30, 1.0));
    const std::vector gradients(100, lazy::elementwise<double>(30, [](std::size_t i) { return double(i); }));
    check_first(chain, set, gradients);
  }
}

TEST_CASE("an assignment of a state that runs out of memory changes nothing") {
  const Optimizer optimizer{gradus::Momentum{}, gradus::Adaptive{}, gradus::LearningRate{}};
  std::map<std::string, Vector> many{{"a name too long to be kept in a string", Vector(100, 1)}, {"b", {2, 3}}};
  std::map<std::string, Vector> few{{"a", {1, 2}}};
  const gradus::State wanted = optimizer.init(many);
  gradus::State state = optimizer.init(few);
  optimizer.ascend(few, few, state);
  const gradus::State before = state;
  CHECK(failures([&] { state = wanted; }, [&] { CHECK(state == before); }) > 3);
  CHECK(state == wanted);
  CHECK(failures([&] { state = wanted; }, [] {}) == 0);
}

TEST_CASE("an assignment of a partition's state that runs out of memory changes nothing") {
  using namespace gradus;
  const Partition optimizer{for_leaves(Named{"a*"}, Momentum{}), for_others(Adaptive{}, LearningRate{})};
  std::map<std::string, Vector> many{{"a", Vector(100, 1)}, {"b", {2, 3}}, {"c", {4}}}, few{{"a", {1, 2}}, {"b", {1}}};
  const auto wanted = optimizer.init(many);
  auto state = optimizer.init(few);
  optimizer.ascend(few, few, state);
  const auto before = state;
  CHECK(failures([&] { state = wanted; }, [&] { CHECK(state == before); }) > 5);
  CHECK(state == wanted);
  CHECK(failures([&] { state = wanted; }, [] {}) == 0);
}

TEST_CASE("an assignment of a partition's state with more room, for gradients that it kept, changes nothing either") {
  using namespace gradus;
  const Partition optimizer{ClipNorm{1}, for_leaves(Named{"a"}, Momentum{}), for_others(LearningRate{})};
  std::map<std::string, Vector> theta{{"a", {1, 2}}, {"b", {3}}};
  auto roomy = optimizer.init(theta), state = roomy;
  optimizer.ascend(theta, [](std::string_view, const Vector& leaf) { return leaf; }, roomy);
  const auto before = state;
  CHECK(failures([&] { state = roomy; }, [&] { CHECK(state == before); }) > 0);
  CHECK(state == roomy);
}

TEST_CASE("init and a step by a callable that run out of memory change nothing") {
  const Optimizer optimizer{gradus::ClipNorm{}, gradus::Momentum{}, gradus::LearningRate{}};
  std::map<std::string, Vector> theta{{"a", {1, 2}}, {"b", {3}}};
  const auto start = theta;
  CHECK(failures([&] { static_cast<void>(optimizer.init(theta)); }, [&] { CHECK(theta == start); }) > 3);
  gradus::State state = optimizer.init(theta);
  const gradus::State before = state;
  const auto ones = [](std::string_view, const Vector& leaf) { return Vector(leaf.size(), 1); };
  CHECK(failures([&] { optimizer.ascend(theta, ones, state); }, [&] { CHECK((theta == start && state == before)); }) >
        0);
  CHECK(state.step() == 1);
}
