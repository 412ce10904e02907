// SPDX-License-Identifier: MIT
// Tensors in sets, under compositions, on backends: every two of them meet. The bits must be those of plain vectors.
#include "support/bits.hpp"
#include "support/random.hpp"
#include "support/slots.hpp"

#include <gradus/gradus.hpp>
#include <gradus/tensor/multi_array.hpp>
#include <gradus/tensor/valarray.hpp>

#if __has_include(<Eigen/Core>)
#include <gradus/tensor/eigen.hpp>
#endif
#if __has_include(<armadillo>)
#include <gradus/tensor/armadillo.hpp>
#endif

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <valarray>
#include <variant>
#include <vector>

using namespace gradus;

namespace {

constexpr std::size_t length = 37;
using Numbers = std::vector<double>;

// Each makes a tensor of some numbers; `Home` is where they are stored if the tensor is a view.
struct Vectors {
  struct Home {};
  static Numbers make(const Numbers& x, Home&) { return x; }
};
struct Arrays {
  struct Home {};
  static auto make(const Numbers& x, Home&) {
    std::array<double, length> all{};
    std::ranges::copy(x, all.begin());
    return all;
  }
};
struct Spans {
  using Home = Numbers;
  static std::span<double> make(const Numbers& x, Home& home) { return home = x; }
};
struct Valarrays {
  struct Home {};
  static std::valarray<double> make(const Numbers& x, Home&) { return {x.data(), x.size()}; }
};
struct MultiArrays {
  struct Home {};
  static auto make(const Numbers& x, Home&) {
    boost::multi_array<double, 1> all(boost::extents[length]);
    all.assign(x.begin(), x.end());
    return all;
  }
};
struct Xarrays {
  struct Home {};
  static xt::xarray<double> make(const Numbers& x, Home&) { return xt::adapt(x, {length}); }
};
struct SteppedViews {
  using Home = xt::xtensor<double, 1>;
  static auto make(const Numbers& x, Home& home) {
    home = xt::zeros<double>({3 * length});
    auto view = xt::view(home, xt::range(1, 3 * length, 3));
    std::ranges::copy(x, view.begin());
    return view;
  }
};
#if __has_include(<Eigen/Core>)
struct EigenVectors {
  struct Home {};
  static Eigen::VectorXd make(const Numbers& x, Home&) { return Eigen::Map<const Eigen::VectorXd>(x.data(), length); }
};
struct EigenStrides {
  using Home = Numbers;
  static auto make(const Numbers& x, Home& home) {
    home.resize(2 * length);
    Eigen::Map<Eigen::VectorXd, 0, Eigen::InnerStride<2>> map(home.data(), length);
    map = EigenVectors::make(x, *std::make_unique<EigenVectors::Home>());
    return map;
  }
};
#else
using EigenVectors = Valarrays;
using EigenStrides = Spans;
#endif
#if __has_include(<armadillo>)
struct Columns {
  struct Home {};
  static arma::vec make(const Numbers& x, Home&) { return arma::vec(x); }
};
#else
using Columns = Arrays;
#endif
using Tensors = std::tuple<Vectors, Arrays, Spans, Valarrays, MultiArrays, Xarrays, SteppedViews, EigenVectors,
                           EigenStrides, Columns>;

// Each makes a set of three tensors, or of one, with leaves in this order.
template <class X>
struct Plain {
  X first, second, third;
};
struct Alone {
  static constexpr std::size_t leaves = 1;
  static auto make(auto x, auto, auto) { return x; }
};
struct Tuples {
  static constexpr std::size_t leaves = 3;
  static auto make(auto x, auto y, auto z) { return std::tuple(x, y, z); }
};
struct Structs {
  static constexpr std::size_t leaves = 3;
  template <class X>
  static Plain<X> make(X x, X y, X z) {
    return {x, y, z};
  }
};
struct Sequences {
  static constexpr std::size_t leaves = 3;
  template <class X>
  static std::vector<X> make(X x, X y, X z) {
    return {x, y, z};
  }
};
struct Maps {
  static constexpr std::size_t leaves = 3;
  template <class X>
  static std::map<std::string, X> make(X x, X y, X z) {
    return {{"a", x}, {"b", y}, {"c", z}};
  }
};
struct Variants {
  static constexpr std::size_t leaves = 3;
  template <class X>
  static auto make(X x, X y, X z) {
    using Either = std::variant<std::array<double, 2>, Plain<X>>;
    return Either(Plain<X>{x, y, z});
  }
};
struct Nests {
  static constexpr std::size_t leaves = 3;
  template <class X>
  static auto make(X x, X y, X z) {
    return std::pair(std::tuple(x), std::map<std::string, std::array<X, 2>>{{"deep", {y, z}}});
  }
};
using Sets = std::tuple<Alone, Tuples, Structs, Sequences, Maps, Variants, Nests>;

const auto compositions = std::tuple(
    Optimizer{LearningRate{0.1}}, Optimizer{Clip{0.5}, Momentum{0.9}, Nesterov{}, Warmup{3}, LearningRate{0.1}},
    Optimizer{ClipNorm{0.5}, CorrectedMomentum{}, CorrectedAdaptive{}, WeightDecay{0.1}, LearningRate{0.01}},
    Optimizer{Adaptive{0.9}, TrustRatio{}, LearningRate{0.1}},
    Optimizer{Sign{}, LearningRate{0.1}, MovingAverage{0.9}});
const auto backends = std::tuple(backend::Simd{}, backend::Serial{}, backend::Xtensor{});

enum class Gradient { same, yielded, missing };

constexpr std::array<int, 6> levels{std::tuple_size_v<Tensors>,
                                    std::tuple_size_v<Sets>,
                                    std::tuple_size_v<decltype(compositions)>,
                                    std::tuple_size_v<decltype(backends)>,
                                    3,
                                    2};
using Row = std::array<int, levels.size()>;
constexpr std::size_t row_count = levels[0] * levels[1];

// Every tensor in every set; all other features vary along with them.
constexpr auto rows = [] {
  std::array<Row, row_count> all{};
  for (int t = 0, r = 0; t < levels[0]; ++t)
    for (int s = 0; s < levels[1]; ++s, ++r)
      all[static_cast<std::size_t>(r)] = {
          t, s, (s + t) % levels[2], (s + t) % levels[3], (s + 2 * t) % levels[4], (s + t) % levels[5]};
  return all;
}();

constexpr bool every_pair_is_met() {
  for (std::size_t c = 1; c < levels.size(); ++c)
    for (std::size_t b = 0; b < c; ++b)
      for (int x = 0; x < levels[b]; ++x)
        for (int y = 0; y < levels[c]; ++y) {
          bool met = false;
          for (const Row& row : rows) met |= row[b] == x && row[c] == y;
          if (!met) return false;
        }
  return true;
}
static_assert(every_pair_is_met());

constexpr int steps = 3;

Numbers numbers_of(std::size_t leaf, std::uint64_t step) { return support::gradient<double>(length, 7 * step + leaf); }

// Parameters and slots after some steps, in the order of the leaves.
struct End {
  Numbers theta{}, slots{};
};

template <class Theta>
End end(Theta& theta, const State& state) {
  End all;
  detail::for_each_leaf(theta, detail::no_gradient, [&](const detail::Path&, auto& tensor, const detail::NoGradient&) {
    const std::size_t first = all.theta.size();
    all.theta.resize(first + size_of(tensor));
    read_elements(tensor, order_of(tensor), 0, size_of(tensor), all.theta.data() + first);
  });
  all.slots = support::slots<double>(state);
  return all;
}

template <class O, class Theta, class G, class Backend>
void step(const O& optimizer, Theta& theta, const G& gradient, State& state, bool up, const Backend& on) {
  if (up) optimizer.ascend(theta, gradient, state, on);
  else optimizer.descend(theta, gradient, state, on);
}

template <class O>
End plain(const O& optimizer, std::size_t leaves, bool missing, bool up) {
  std::vector<Numbers> theta;
  std::vector<std::optional<Numbers>> gradient(leaves);
  for (std::size_t l = 0; l < leaves; ++l) theta.push_back(numbers_of(l, 9));
  auto state = optimizer.init(theta);
  for (int t = 0; t < steps; ++t) {
    for (std::size_t l = 0; l < leaves; ++l)
      if (!missing || l + 1 != leaves) gradient[l] = numbers_of(l, static_cast<std::uint64_t>(t));
    step(optimizer, theta, gradient, state, up, backend::Serial{});
  }
  return end(theta, state);
}

template <Row row>
void meet() {
  using X = std::tuple_element_t<row[0], Tensors>;
  using S = std::tuple_element_t<row[1], Sets>;
  const auto& optimizer = std::get<row[2]>(compositions);
  const auto& on = std::get<row[3]>(backends);
  constexpr auto given = static_cast<Gradient>(row[4]);
  constexpr bool up = row[5] != 0;

  typename X::Home home[6];
  const auto set = [&](std::uint64_t at, auto* homes) {
    return S::make(X::make(numbers_of(0, at), homes[0]), X::make(numbers_of(1, at), homes[1]),
                   X::make(numbers_of(2, at), homes[2]));
  };
  auto theta = set(9, home);
  auto state = optimizer.init(theta);
  for (std::uint64_t t = 0; t < steps; ++t) {
    if constexpr (given == Gradient::same) {
      auto gradient = set(t, home + 3);
      step(optimizer, theta, gradient, state, up, on);
    } else {
      std::size_t leaf = 0;
      const auto yield = [&](std::string_view, const auto&) -> std::optional<Numbers> {
        const std::size_t l = leaf++;
        if (given == Gradient::missing && l + 1 == S::leaves) return {};
        return numbers_of(l, t);
      };
      step(optimizer, theta, yield, state, up, on);
    }
  }
  const End ours = end(theta, state), theirs = plain(optimizer, S::leaves, given == Gradient::missing, up);
  INFO(detail::type_name<X>(), " in ", detail::type_name<S>(), ", composition ", row[2], ", ", on.name, ", gradient ",
       row[4]);
  CHECK(support::same_bits(ours.theta, theirs.theta));
  CHECK(support::same_bits(ours.slots, theirs.slots));
}

}  // namespace

TEST_SUITE_BEGIN("cover");

TEST_CASE("all pairs of tensors, sets, compositions, backends, gradients and directions match plain vectors") {
  []<std::size_t... I>(std::index_sequence<I...>) { (meet<rows[I]>(), ...); }(std::make_index_sequence<row_count>{});
}

TEST_SUITE_END();
