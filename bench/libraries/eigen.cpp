// SPDX-License-Identifier: MIT
#include "libraries.hpp"

#include <Eigen/Core>

namespace libraries {

namespace {

using Array = Eigen::Map<Eigen::ArrayXf>;
using Gradient = Eigen::Map<const Eigen::ArrayXf>;

Array array(float* at, std::size_t size) { return {at, static_cast<Eigen::Index>(size)}; }

template <class G>
void adam(Problem& x, Array p, Array v, Array s, const G& g) {
  const auto [factor, beta, epsilon, rate, root] = x.next();
  v = factor * v + (1 - factor) * g;
  s = beta * s + (1 - beta) * g.square();
  p += rate * v / (root * s.sqrt() + epsilon);
}

}  // namespace

bench::Stopwatch eigen(Rule rule, Problem x) {
  Array p = array(x.parameter, x.size), v = array(x.velocity, x.size), s = array(x.second, x.size);
  const Gradient g(x.gradient, p.size());
  switch (rule) {
    case Rule::momentum:
      return bench::timed([=]() mutable {
        v = static_cast<float>(x.factor) * v + g;
        p += static_cast<float>(x.rate) * v;
      });
    case Rule::adam: return bench::timed([=]() mutable { adam(x, p, v, s, g); });
    default: return bench::timed([=]() mutable { adam(x, p, v, s, x.scale(g.matrix().norm()) * g); });
  }
}

}  // namespace libraries
