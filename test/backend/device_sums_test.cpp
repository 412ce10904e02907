// SPDX-License-Identifier: MIT
#include <gradus/backend/device_sums.hpp>

#include "support/fake_device.hpp"
#include "support/random.hpp"

#include <gradus/device/leaves.hpp>
#include <gradus/plan/plan.hpp>
#include <gradus/policy/weight_decay.hpp>
#include <gradus/step/term_sums.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

using gradus::backend::Reduction;
using gradus::backend::Serial;
using gradus::detail::Magnitude;
using gradus::detail::norm_block;
using gradus::detail::norm_lanes;
using gradus::detail::NormTree;
using gradus::detail::Op;
using gradus::detail::Square;

namespace {

using Plan = gradus::detail::Plan<gradus::WeightDecay>;
using Gradient = Plan::Incoming;

constexpr short node_of(Op op, short which) {
  short node = 0;
  while (!(Plan::traced.graph.nodes[node] == gradus::detail::Node{.op = op, .a = which})) ++node;
  return node;
}
constexpr short theta_node = node_of(Op::stream, 0), gradient_node = node_of(Op::stream, 1);
struct DeviceProducts
    : Plan::Looking<gradus::detail::MeasuredNodes{4, {theta_node, gradient_node, gradient_node, gradient_node}}> {
  static constexpr bool sums = true;
};

template <class T>
using Leaves = std::vector<std::vector<T>>;

template <class T>
Leaves<T> leaves_of(const support::Sizes& sizes) {
  Leaves<T> all;
  for (const std::size_t size : sizes) all.push_back(support::gradient<T>(size, size + all.size()));
  return all;
}

template <class T>
T parameter(std::size_t leaf, std::size_t i) {
  return static_cast<T>(leaf + 1) / static_cast<T>(i + 3);
}

/// The blocks of every reduction, as a device computes them. Gradients start `aside` elements into their memory.
template <class Chain, std::size_t Count, class T>
std::vector<std::vector<double>> blocks(const Leaves<T>& all, const Reduction (&how)[Count], bool by_leaf = false,
                                        std::size_t aside = 0) {
  using Row = gradus::backend::DeviceLeaf<T, T, T, Chain::slot_count>;
  Leaves<T> parameters(all.size()), gradients = all;
  std::vector<gradus::detail::Leaf> leaves;
  for (std::size_t l = 0; l < all.size(); ++l) {
    for (std::size_t i = 0; i < all[l].size(); ++i) parameters[l].push_back(parameter<T>(l, i));
    gradients[l].insert(gradients[l].begin(), aside, T(99));
    leaves.push_back(support::listed(parameters[l].data(), gradients[l].data() + aside, all[l].size()));
  }
  const support::FakeDevice device;
  gradus::detail::DeviceLeaves<Row> rows;
  rows.list(leaves, device, support::device_space, [](std::size_t, std::size_t) -> void* { return nullptr; }, [] {});
  const std::size_t count = rows.table().blocks(by_leaf);
  std::vector<double> lanes(Count * count * norm_lanes);
  using Lanes = gradus::backend::DeviceLanes<Chain, Row, Count>;
  Lanes lane{rows.table(), {}, {}, lanes.data(), count, false, by_leaf};
  std::copy_n(how, Count, lane.reduction);
  device.for_each(count * lane.threads, lane);
  std::vector<std::vector<double>> out(Count, std::vector<double>(count));
  for (std::size_t k = 0; k < Count; ++k)
    device.for_each(count, gradus::backend::DeviceBlocks{lanes.data() + k * count * norm_lanes, out[k].data(), how[k]});
  return out;
}

/// The sum of that many elements, starting at a given block.
double total(const double* block, std::size_t elements) {
  gradus::detail::PairwiseSum sum;
  const std::size_t whole = elements / norm_block;
  for (std::size_t b = 0; b < whole; ++b) sum.add(block[b]);
  return sum.total(elements % norm_block ? block[whole] : 0);
}

template <class Term, class T>
void add(NormTree<Serial>& tree, const std::vector<T>& x) {
  tree.add<Term>(x.data(), x.size());
}

template <class T>
std::size_t elements(const Leaves<T>& all) {
  std::size_t count = 0;
  for (const auto& x : all) count += x.size();
  return count;
}

/// Compares the sums of squares and of magnitudes with those of the tree.
template <class T>
void as_tree(const support::Sizes& sizes) {
  const auto all = leaves_of<T>(sizes);
  NormTree<Serial> squares, magnitudes;
  for (const auto& x : all) add<Square>(squares, x), add<Magnitude>(magnitudes, x);
  for (const std::size_t aside : support::Sizes{0, 1}) {
    const auto found = blocks<Gradient>(all, {{Reduction::squares, 1}, {Reduction::magnitudes, 1}}, false, aside);
    const auto alone = blocks<Gradient>(all, {{Reduction::squares, 1}}, false, aside);
    CHECK(total(found[0].data(), elements(all)) == squares.total());
    CHECK(total(found[1].data(), elements(all)) == magnitudes.total());
    CHECK(total(alone[0].data(), elements(all)) == squares.total());
  }
}

}  // namespace

TEST_SUITE_BEGIN("device sums");

TEST_CASE_TEMPLATE("they have the bits of the tree of sums, wherever leaves end", T, float, double) {
  for (const std::size_t size : support::Sizes{0, 1, 31, 32, 33, 4095, 4096, 4097, 3 * 4096 + 5}) {
    as_tree<T>({size});
    as_tree<T>({5, size, 0, 4091, size, 40});
  }
  as_tree<T>({4096, 4096, 0});
  as_tree<T>({1, 1, 30, 1, 4000, 63, 8192, 2});
}

TEST_CASE_TEMPLATE("if every leaf starts a new block, each has the bits of its own tree of sums", T, float, double) {
  const auto all = leaves_of<T>({40, 4096, 0, 9000, 1});
  const auto found = blocks<Gradient>(all, {{Reduction::squares, 1}}, true);
  std::size_t block = 0;
  for (const auto& x : all) {
    NormTree<Serial> tree;
    add<Square>(tree, x);
    CHECK(total(found[0].data() + block, x.size()) == tree.total());
    block += (x.size() + norm_block - 1) / norm_block;
  }
  CHECK(found[0].size() == block);
}

TEST_CASE("values are scaled before they are squared") {
  const auto found = blocks<Gradient>(Leaves<double>{{1e-200, -3e-200}}, {{Reduction::squares, 0x1p600}});
  const double a = 1e-200 * 0x1p600, b = 3e-200 * 0x1p600;
  CHECK(found[0][0] == a * a + b * b);
}

TEST_CASE_TEMPLATE("a product sum multiplies the two nodes of a pair", T, float, double) {
  const auto all = leaves_of<T>({100, 4096 + 77, 3});
  gradus::detail::TermSums<Serial, DeviceProducts> host;
  for (std::size_t l = 0; l < all.size(); ++l) {
    std::vector<T> parameters;
    for (std::size_t i = 0; i < all[l].size(); ++i) parameters.push_back(parameter<T>(l, i));
    const T none{};
    host.add(gradus::detail::Streams<T, T, 0>{.parameter = parameters.data(), .gradient = all[l].data()}, all[l].size(),
             [&](const auto& at, std::size_t size) { Serial::run<DeviceProducts>(at, size, &none); });
  }
  double expected[2];
  host.end(expected);
  const auto found = blocks<DeviceProducts>(all, {{Reduction::products, 1}, {Reduction::products, 1}});
  CHECK(total(found[0].data(), elements(all)) == expected[0]);
  CHECK(total(found[1].data(), elements(all)) == expected[1]);
}

TEST_CASE_TEMPLATE("the largest magnitude is found per block; infinity and NaN exceed any number", T, float, double) {
  auto all = leaves_of<T>({5000, 300});
  const auto largest = [&](std::size_t block) { return blocks<Gradient>(all, {{Reduction::largest, 1}})[0][block]; };
  all[0][17] = -100;
  CHECK(largest(0) == 100);
  CHECK(largest(1) < 100);
  all[1][299] = -std::numeric_limits<T>::infinity();
  CHECK(largest(1) == std::numeric_limits<double>::infinity());
  all[1][3] = std::numeric_limits<T>::quiet_NaN();
  CHECK(std::isnan(largest(1)));
  CHECK(largest(0) == 100);
}

TEST_CASE_TEMPLATE("the first non-finite element is found, along with which kind it is", T, float, double) {
  constexpr T infinity = std::numeric_limits<T>::infinity();
  auto all = leaves_of<T>({40, 4096, 50});
  const auto is = [&](std::uint64_t key) {
    for (const bool by_leaf : {false, true}) {
      std::uint64_t first = ~std::uint64_t{0};
      const auto found = blocks<Gradient>(all, {{Reduction::non_finite, 1}}, by_leaf);
      for (const double x : found[0]) first = std::min(first, std::bit_cast<std::uint64_t>(x));
      CHECK(first == key);
    }
  };
  is(~std::uint64_t{0});
  all[2][49] = -infinity, is(4 * (40 + 4096 + 49) + 2);
  all[1][4090] = infinity, is(4 * (40 + 4090) + 1);
  all[1][77] = std::numeric_limits<T>::quiet_NaN(), is(4 * (40 + 77));
  all[0][0] = infinity, is(1);
}

TEST_CASE("the neutral element of every reduction leaves the other operand unchanged") {
  for (const auto kind : {Reduction::squares, Reduction::magnitudes, Reduction::largest, Reduction::products}) {
    const Reduction how{kind};
    for (const double x : {0.0, 5e-324, 3.5, std::numeric_limits<double>::infinity()}) {
      CHECK(how.both(how.none(), x) == x);
      CHECK(how.both(x, how.none()) == x);
    }
  }
  const double minus = Reduction{Reduction::products}.both(-0.0, Reduction{Reduction::products}.none());
  CHECK(std::signbit(minus));
}

TEST_CASE("trees over blocks leave the host fewer numbers with the same sum") {
  using gradus::backend::DeviceTrees;
  for (const std::size_t blocks : {511u, 512u, 513u, 575u, 576u, 1000u}) {
    const std::vector<double> all = support::parameters<double>(blocks);
    std::vector<double> left(DeviceTrees::left(blocks));
    const std::size_t trees = DeviceTrees::trees(blocks);
    const DeviceTrees pass{all.data(), left.data(), trees, {Reduction::squares}};
    for (std::size_t i = left.size(); i-- > 0;) pass(i);
    gradus::detail::PairwiseSum want, sum;
    for (const double x : all) want.add(x);
    for (std::size_t i = 0; i < left.size(); ++i) sum.add(left[i], i < trees ? DeviceTrees::level : 0);
    CHECK(sum.total() == want.total());
    CHECK(left.size() == (blocks < 512 ? blocks : blocks / 64 + blocks % 64));
  }
}

TEST_SUITE_END();
