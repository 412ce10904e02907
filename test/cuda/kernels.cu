// SPDX-License-Identifier: MIT
// Kernels for check_kernels.sh to read: the passes of compositions with two to five streams.
#include <gradus/backend/device_sums.hpp>
#include <gradus/backend/device_sweep.hpp>
#include <gradus/optimizer.hpp>
#include <gradus/plan/plan.hpp>

using namespace gradus;

namespace {

template <class Chain, class T>
using Row = backend::DeviceLeaf<T, T, T, Chain::slot_count>;

}  // namespace

template <class Chain, class T>
__global__ void sweep(backend::DeviceSweep<Chain, Row<Chain, T>> pass) {
  pass(blockIdx.x * std::size_t{blockDim.x} + threadIdx.x);
}
template <class Chain, class T>
__global__ void lanes(backend::DeviceLanes<Chain, Row<Chain, T>, 1> pass) {
  pass(blockIdx.x * std::size_t{blockDim.x} + threadIdx.x);
}

using Rate = detail::Plan<LearningRate>;
using Sgd = detail::Plan<Momentum, LearningRate>;
using Chain = detail::Plan<Clip, Momentum, Nesterov, Adaptive, LearningRate, Warmup>;
using Adam = detail::Plan<CorrectedMomentum, CorrectedAdaptive, LearningRate>;
using Lion = detail::Plan<InterpolatedMomentum, Sign, LearningRate>;
using Clipped = detail::Plan<ClipNorm, Momentum, Adaptive, LearningRate>;

#define SWEEP(plan) \
  template __global__ void sweep<plan::Update, float>(backend::DeviceSweep<plan::Update, Row<plan::Update, float>>)
SWEEP(Rate);
SWEEP(Sgd);
SWEEP(Chain);
SWEEP(Adam);
SWEEP(Lion);
SWEEP(Clipped);
template __global__ void lanes<Clipped::Incoming, float>(
    backend::DeviceLanes<Clipped::Incoming, Row<Clipped::Incoming, float>, 1>);
