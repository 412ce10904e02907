// SPDX-License-Identifier: MIT
#include "libraries.hpp"

#include <ensmallen.hpp>

#include <memory>

namespace libraries {

namespace {

// A rule of ensmallen over the arrays. It goes downhill, so that it gets the gradient negated; and keeps slots of its
// own.
template <class Update>
struct Run {
  Update update;
  arma::fmat parameter, gradient;
  typename Update::template Policy<arma::fmat, arma::fmat> policy;

  Run(const Update& with, const Problem& x)
      : update(with),
        parameter(x.parameter, x.size, 1, false, true),
        gradient(-arma::fmat(const_cast<float*>(x.gradient), x.size, 1, false, true)),
        policy(update, x.size, 1) {}
};

template <class Update>
bench::Stopwatch stepped(const Update& update, const Problem& x) {
  const auto run = std::make_shared<Run<Update>>(update, x);
  return bench::timed([run, rate = x.rate] { run->policy.Update(run->parameter, rate, run->gradient); });
}

}  // namespace

bench::Stopwatch ensmallen(Rule rule, Problem x) {
  switch (rule) {
    case Rule::momentum: return stepped(ens::MomentumUpdate(x.factor), x);
    case Rule::adam: return stepped(ens::AdamUpdate(x.epsilon, x.factor, x.beta), x);
    default: return {};
  }
}

}  // namespace libraries
