// SPDX-License-Identifier: MIT
// The design in one file: a model of the library's central types, on which its hardest cases are tried.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <tuple>
#include <utility>
#include <vector>
#if defined(__x86_64__)
#include <immintrin.h>
#endif
#ifdef __CUDACC__
#define DEVICE __host__ __device__
#else
#define DEVICE
#endif

// [sketch]
// A recurrence is a graph with equal nodes merged. Streams: 0 the parameter, 1 the gradient, 2... the slots.
enum class Op : unsigned char { stream, scalar, add, mul, div, sqrt };
struct Node {
  Op op{};
  short a = 0, b = 0;
  constexpr bool operator==(const Node&) const = default;
};
struct Graph {
  Node nodes[64]{};
  int size = 0;
  constexpr short put(Node node) {
    for (int i = 0; i < size; ++i)
      if (nodes[i] == node) return static_cast<short>(i);
    return nodes[size] = node, static_cast<short>(size++);
  }
};

// A lane is a symbol. What a policy's text does with it is noted in the graph.
struct Lane {
  Graph* graph = nullptr;
  short id = 0;
  constexpr Lane with(Op op, short b = 0) const { return {graph, graph->put({op, id, b})}; }
  friend constexpr Lane operator+(Lane x, Lane y) { return x.with(Op::add, y.id); }
  friend constexpr Lane operator*(Lane x, Lane y) { return x.with(Op::mul, y.id); }
  friend constexpr Lane operator/(Lane x, Lane y) { return x.with(Op::div, y.id); }
  friend constexpr Lane sqrt(Lane x) { return x.with(Op::sqrt); }
};

// A policy: hyper-parameters, how many slots and scalars it has, the scalars in double, and a text.
struct Record {
  Lane parameter, gradient, update;
};
struct ClipNorm {
  double norm = 1;
  static constexpr int slots = 0, scalars = 1;
  static constexpr bool looks = true;  // asks for the norm of what it receives
  std::array<double, 1> at(double measured) const { return {std::fmin(1, norm / measured)}; }
  static constexpr void apply(Record& r, Lane*, const Lane* factor) { r.update = factor[0] * r.update; }
};
struct Adaptive {
  double beta = 0.999;
  static constexpr int slots = 1, scalars = 2;
  std::array<double, 2> at(double) const { return {beta, 1 - beta}; }
  static constexpr void apply(Record& r, Lane* second, const Lane* beta) {
    second[0] = beta[0] * second[0] + beta[1] * r.gradient * r.gradient;
    r.update = r.update / sqrt(second[0]);
  }
};

// A plan: the texts run once, at compile time; what each policy receives is remembered, so that it can be recomputed.
template <class P>
constexpr bool looks = requires { P::looks; };
template <class... P>
struct Plan {
  static constexpr int slots = (0 + ... + P::slots), scalars = (0 + ... + P::scalars), size = sizeof...(P);
  struct Trace {
    Graph graph{};
    short parameter = 0, slot[slots + 1]{}, received[size + 1]{};
  };
  static constexpr Trace traced = [] {
    Trace t;
    Lane slot[slots + 1], scalar[scalars + 1];
    for (short s = 0; s < slots; ++s) slot[s] = {&t.graph, t.graph.put({Op::stream, static_cast<short>(2 + s)})};
    for (short c = 0; c < scalars; ++c) scalar[c] = {&t.graph, t.graph.put({Op::scalar, c})};
    const Lane gradient{&t.graph, t.graph.put({Op::stream, 1})};
    Record r{{&t.graph, t.graph.put({Op::stream, 0})}, gradient, gradient};
    int i = 0, s = 0, c = 0;
    ((t.received[i++] = r.update.id, P::apply(r, slot + s, scalar + c), s += P::slots, c += P::scalars), ...);
    t.parameter = (r.parameter + r.update).id;
    for (s = 0; s < slots; ++s) t.slot[s] = slot[s].id;
    return t;
  }();
  // A chain is a type that carries a graph and says what is written: a kernel's template argument on every device.
  struct Update {
    static constexpr Graph graph = traced.graph;
    static constexpr int slots = Plan::slots;
    static constexpr short parameter = traced.parameter, measured = -1;
    template <int S>
    static constexpr short slot = traced.slot[S];
  };
  template <int I>
  struct Received : Update {
    static constexpr short parameter = -1, measured = traced.received[I];
    template <int>
    static constexpr short slot = -1;
  };
};

// A backend evaluates a chain on values of its own. This is the one for numbers, and, marked, for a GPU's threads.
template <class T, class Stored>
struct Streams {
  T* parameter;
  const T* gradient;
  Stored* slot[8];  // stored in a format of its own
  T* out;           // where `measured` goes
};
template <class Chain, int I, class V>
DEVICE constexpr V value(const V* done, const V* stream, const V* scalar) {
  constexpr Node n = Chain::graph.nodes[I];
  if constexpr (n.op == Op::stream) return stream[n.a];
  else if constexpr (n.op == Op::scalar) return scalar[n.a];
  else if constexpr (n.op == Op::add) return done[n.a] + done[n.b];
  else if constexpr (n.op == Op::mul) return done[n.a] * done[n.b];
  else if constexpr (n.op == Op::div) return done[n.a] / done[n.b];
  else return std::sqrt(done[n.a]);
}
template <short Node, class To, class T>
DEVICE void write(To* to, std::size_t i, const T* done) {
  if constexpr (Node >= 0) to[i] = static_cast<To>(done[Node]);
}
template <class Chain, class T, class Stored, int... I, int... S>
DEVICE void element(const Streams<T, Stored>& at, std::size_t i, const T* scalar, std::integer_sequence<int, I...>,
                    std::integer_sequence<int, S...>) {
  const T stream[]{at.parameter[i], at.gradient[i], static_cast<T>(at.slot[S][i])...};
  T done[sizeof...(I)];
  ((done[I] = value<Chain, I>(done, stream, scalar)), ...);
  write<Chain::parameter>(at.parameter, i, done), write<Chain::measured>(at.out, i, done);
  (write<Chain::template slot<S>>(at.slot[S], i, done), ...);
}
template <class Chain>
using Nodes = std::make_integer_sequence<int, Chain::graph.size>;
template <class Chain>
using Slots = std::make_integer_sequence<int, Chain::slots>;

// A tensor is what a trait shows: memory, or an expression that is read block by block.
template <class X>
struct tensor_traits;
template <class T>
struct tensor_traits<std::vector<T>> {
  static const T* data(const std::vector<T>& x) { return x.data(); }
};
// A leaf: one tensor of the set and its gradient, their types erased. A set of any size is listed once.
struct Leaf {
  std::size_t size;
  float* parameter;
  const float* gradient;  // null: lazy
  const void* expression;
  void (*read)(const void*, std::size_t first, std::size_t count, float* out);
};
template <class G>
Leaf leaf(std::vector<float>& p, const G& g) {
  if constexpr (requires { tensor_traits<G>::data(g); }) return {p.size(), p.data(), tensor_traits<G>::data(g), {}, {}};
  else return {p.size(), p.data(), nullptr, &g, &tensor_traits<G>::read};
}

// State: the slots of all leaves in one piece of memory, allocated once.
template <class Stored>
struct State {
  std::size_t elements;
  std::vector<Stored> memory;
  State(std::size_t all, std::size_t slots) : elements(all), memory(all * slots) {}
  Stored* slot(int s, std::size_t first) { return memory.data() + static_cast<std::size_t>(s) * elements + first; }
};

// A step: what looks first recomputes what it receives, in its policy's order; then one pass writes.
template <class Stored, class... P>
void step(const std::tuple<P...>& policies, const std::vector<Leaf>& leaves, State<Stored>& state) {
  using Plan = ::Plan<P...>;
  std::array<float, Plan::scalars + 1> scalar{};
  const auto sweep = [&]<class Chain>(Chain, auto use) {
    std::size_t begin = 0;
    for (const Leaf& l : leaves) {
      for (std::size_t first = 0; first < l.size; first += 64) {
        const std::size_t count = std::min<std::size_t>(64, l.size - first);
        float gradient[64], out[64];
        Streams<float, Stored> at{l.parameter + first, l.gradient ? l.gradient + first : gradient, {}, out};
        if (!l.gradient) l.read(l.expression, first, count, gradient);
        for (int s = 0; s < Plan::slots; ++s) at.slot[s] = state.slot(s, begin + first);
        for (std::size_t i = 0; i < count; ++i) element<Chain>(at, i, scalar.data(), Nodes<Chain>{}, Slots<Chain>{});
        use(out, count);
      }
      begin += l.size;
    }
  };
  std::size_t c = 0;
  const auto prepare = [&]<class Q, int I>(const Q& policy, std::integral_constant<int, I>) {
    double sum = 0;
    if constexpr (looks<Q>)
      sweep(typename Plan::template Received<I>{}, [&](const float* x, std::size_t n) {
        for (std::size_t i = 0; i < n; ++i) sum += double{x[i]} * double{x[i]};
      });
    for (const double x : policy.at(std::sqrt(sum))) scalar[c++] = static_cast<float>(x);
  };
  [&]<int... I>(std::integer_sequence<int, I...>) {
    (prepare(std::get<I>(policies), std::integral_constant<int, I>{}), ...);
  }(std::make_integer_sequence<int, Plan::size>{});
  sweep(typename Plan::Update{}, [](const float*, std::size_t) {});
}
// [sketch]

// [own_policy]
// A user's own policy: it has every backend, every norm and every storage format for nothing.
struct Halve {
  static constexpr int slots = 0, scalars = 1;
  std::array<double, 1> at(double) const { return {0.5}; }
  static constexpr void apply(Record& r, Lane*, const Lane* half) { r.update = half[0] * r.update; }
};
// [own_policy]

// [stored]
// Slots of 16 bits under arithmetic of 32: the upper half of a float.
struct Upper {
  unsigned short bits = 0;
  Upper() = default;
  DEVICE explicit Upper(float x) {
    unsigned wide;
    std::memcpy(&wide, &x, sizeof x);
    bits = static_cast<unsigned short>(wide >> 16);
  }
  DEVICE explicit operator float() const {
    const unsigned wide = static_cast<unsigned>(bits) << 16;
    float x;
    std::memcpy(&x, &wide, sizeof x);
    return x;
  }
};
// [stored]

// [lazy]
// A gradient that is an expression: twice the parameters, never stored.
struct Twice {
  const std::vector<float>& of;
};
template <>
struct tensor_traits<Twice> {
  static void read(const void* x, std::size_t first, std::size_t count, float* out) {
    for (std::size_t i = 0; i < count; ++i) out[i] = 2 * static_cast<const Twice*>(x)->of[first + i];
  }
};
// [lazy]

// [cuda]
#ifdef __CUDACC__
struct Scalars {
  float value[8];
};
template <class Chain>
__global__ void kernel(Streams<float, float> at, std::size_t size, Scalars scalar) {
  const std::size_t i = blockIdx.x * std::size_t{blockDim.x} + threadIdx.x;
  if (i < size) element<Chain>(at, i, scalar.value, Nodes<Chain>{}, Slots<Chain>{});
}
template __global__ void kernel<Plan<Adaptive, Halve>::Update>(Streams<float, float>, std::size_t, Scalars);
#endif
// [cuda]

// [avx2]
// Another instruction set than the caller's: the same graph, evaluated by templates that carry the target.
#if defined(__x86_64__) && !defined(__CUDACC__)
#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif
namespace avx2 {
template <class Chain, int I>
__m256 value(const __m256* done, const __m256* stream, const __m256* scalar) {
  constexpr Node n = Chain::graph.nodes[I];
  if constexpr (n.op == Op::stream) return stream[n.a];
  else if constexpr (n.op == Op::scalar) return scalar[n.a];
  else if constexpr (n.op == Op::add) return _mm256_add_ps(done[n.a], done[n.b]);
  else if constexpr (n.op == Op::mul) return _mm256_mul_ps(done[n.a], done[n.b]);
  else if constexpr (n.op == Op::div) return _mm256_div_ps(done[n.a], done[n.b]);
  else return _mm256_sqrt_ps(done[n.a]);
}
template <class Chain, int... I>
void eight(float* p, const float* g, float* slot, const float* number, std::integer_sequence<int, I...>) {
  const __m256 stream[3]{_mm256_loadu_ps(p), _mm256_loadu_ps(g), _mm256_loadu_ps(slot)};
  __m256 done[sizeof...(I)], scalar[8];
  for (int k = 0; k < 8; ++k) scalar[k] = _mm256_set1_ps(number[k]);
  ((done[I] = value<Chain, I>(done, stream, scalar)), ...);
  _mm256_storeu_ps(p, done[Chain::parameter]);
  _mm256_storeu_ps(slot, done[Chain::template slot<0>]);
}
}  // namespace avx2
#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
// [avx2]

namespace {

int failures = 0;
void expect(const char* what, double found, double wanted) {
  const bool good = std::abs(found - wanted) <= 1e-6 * std::abs(wanted);
  std::printf("%-34s %12.7f %s\n", what, found, good ? "" : "WRONG");
  failures += !good;
}

void norms_over_ten_thousand_leaves() {
  std::vector<std::vector<float>> p(10000, std::vector<float>(3, 1)), g(10000, std::vector<float>(3, 2));
  std::vector<Leaf> leaves;
  for (std::size_t l = 0; l < p.size(); ++l) leaves.push_back(leaf(p[l], g[l]));
  State<float> state(30000, 1);
  const double all = std::sqrt(30000);
  step(std::tuple{ClipNorm{1}, Halve{}}, leaves, state);
  expect("a norm before the pass", p[9999][2], 1 + 0.5 / all);
  for (auto& x : p) x.assign(3, 1);
  step(std::tuple{Adaptive{0.75}, ClipNorm{3}, Halve{}}, leaves, state);  // the update is 2 everywhere
  expect("a norm of the update", p[9999][2], 1 + 0.5 * 3 / all);
  expect("slot of the last of 10,000 leaves", state.memory[29999], 1);
}

void lazy_gradient_and_stored_slots() {
  std::vector<float> p(100, 3);
  const Twice gradient{p};
  State<Upper> state(100, 1);
  step(std::tuple{Adaptive{0.75}, Halve{}}, {leaf(p, gradient)}, state);  // s = 0.25 * 36, u = 6 / 3
  expect("a lazy gradient", p[99], 4);
  expect("a slot of 16 bits", static_cast<float>(state.memory[99]), 9);
}

void another_instruction_set() {
#if defined(__x86_64__) && !defined(__CUDACC__)
  if (!__builtin_cpu_supports("avx2")) return;
  using Chain = Plan<Adaptive, Halve>::Update;
  float p[8], q[8], g[8], s[8]{}, z[8]{}, scalar[8]{0.75f, 0.25f, 0.5f}, wrong = 0;
  for (int i = 0; i < 8; ++i) p[i] = q[i] = 1 / (1.0f + static_cast<float>(i)), g[i] = static_cast<float>(i) - 3.7f;
  avx2::eight<Chain>(p, g, s, scalar, Nodes<Chain>{});
  const Streams<float, float> at{q, g, {z}, {}};
  for (std::size_t i = 0; i < 8; ++i) element<Chain>(at, i, scalar, Nodes<Chain>{}, Slots<Chain>{});
  for (int i = 0; i < 8; ++i) wrong += static_cast<float>(p[i] != q[i]) + static_cast<float>(s[i] != z[i]);
  expect("another instruction set, bits apart", double{wrong}, 0);
#endif
}

}  // namespace

int main() {
  norms_over_ten_thousand_leaves();
  lazy_gradient_and_stored_slots();
  another_instruction_set();
  return failures;
}
