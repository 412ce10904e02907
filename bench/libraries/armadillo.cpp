// SPDX-License-Identifier: MIT
#include "libraries.hpp"

#include <armadillo>

#include <memory>

namespace libraries {

namespace {

struct Arrays {
  arma::fvec p, v, s;
  const arma::fvec g;

  explicit Arrays(const Problem& x)
      : p(x.parameter, x.size, false, true),
        v(x.velocity, x.size, false, true),
        s(x.second, x.second == nullptr ? 0 : x.size, false, true),
        g(const_cast<float*>(x.gradient), x.size, false, true) {}
};

template <class G>
void adam(Problem& x, Arrays& a, const G& g) {
  const auto [factor, beta, epsilon, rate, root] = x.next();
  a.v = factor * a.v + (1 - factor) * g;
  a.s = beta * a.s + (1 - beta) * arma::square(g);
  a.p += rate * a.v / (root * arma::sqrt(a.s) + epsilon);
}

}  // namespace

bench::Stopwatch armadillo(Rule rule, Problem x) {
  const auto a = std::make_shared<Arrays>(x);
  switch (rule) {
    case Rule::momentum:
      return bench::timed([=] {
        a->v = static_cast<float>(x.factor) * a->v + a->g;
        a->p += static_cast<float>(x.rate) * a->v;
      });
    case Rule::adam: return bench::timed([=]() mutable { adam(x, *a, a->g); });
    default: return bench::timed([=]() mutable { adam(x, *a, x.scale(arma::norm(a->g)) * a->g); });
  }
}

}  // namespace libraries
