// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/refuse.hpp>
#include <gradus/core/tensor.hpp>
#include <gradus/core/type_name.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>

namespace gradus::detail {

/// The buffer size, in elements, for tensors that are not a single block and for lazy gradients.
inline constexpr std::size_t block_size = 1024;

/// An element type at run time.
struct ElementType {
  std::string_view name;
  std::size_t size;
  std::size_t reals;  ///< how many reals it is

  constexpr std::size_t bytes(std::size_t count) const { return count / reals * size; }
};

template <class T>
inline constexpr ElementType element_type{type_name<T>(), sizeof(T), reals_of<T>};

/// One tensor of a parameter set and its gradient, with their types erased: what a step works on.
struct Leaf {
  using Read = void (*)(const void* tensor, Order, std::size_t first, std::size_t count, void* out);
  using Write = void (*)(void* tensor, Order, std::size_t first, std::size_t count, const void* in);
  using Visit = void (*)(const void* tensor, void* visitor, void (*visit)(void* visitor, const void* element));

  /// Memory from a first byte to one past the last. Addresses of unrelated objects compare by std::less only.
  struct Extent {
    const std::byte* begin = nullptr;
    const std::byte* end = nullptr;

    static Extent of(const void* first, std::size_t bytes) {
      const auto* begin = static_cast<const std::byte*>(first);
      return {begin, begin + (first ? bytes : 0)};
    }
    bool touches(const Extent& other) const {
      return std::less<>{}(begin, other.end) && std::less<>{}(other.begin, end);
    }
    void add(const Extent& other) {
      begin = std::min(begin, other.begin, std::less<>{}), end = std::max(end, other.end, std::less<>{});
    }
  };

  /// The memory of a leaf's elements, or of one of them.
  struct Piece {
    Extent memory;
    std::size_t leaf;
    const std::byte* reach = nullptr;  ///< the last end of this and all that begin before it, once computed
  };

  std::size_t size = 0;  ///< in reals, like all element counts here
  Order order = Order::row_major;
  bool absent = false;  ///< no gradient in this step: the leaf stays as it is
  bool frozen = false;  ///< absent even if it has one
  const ElementType* element = nullptr;

  void* parameter = nullptr;       ///< first element, or null: read and written block by block
  const void* gradient = nullptr;  ///< first element, or null: read block by block

  /// Where the block lies, even if it is read block by block. For a tensor that is not one block: its first element,
  /// and `visit` shows all. Null: not known.
  const void* parameter_memory = nullptr;
  std::size_t parameter_bytes = 0;
  std::uintptr_t pattern = 0;  ///< of a tensor that is not one block, what follows from where its corners are
  const void* gradient_memory = nullptr;
  std::size_t gradient_bytes = 0;  ///< of that block

  void* tensor = nullptr;
  const void* gradient_tensor = nullptr;
  Read read = nullptr;
  Write write = nullptr;
  Read read_gradient = nullptr;
  Visit visit = nullptr;
  void (*touch)(void* tensor) = nullptr;  ///< tells the tensor that a step has written it
  bool vector_is_matrix = false;
  bool in_rows = false;  ///< the gradient has only these rows, one after the other
  std::span<const std::size_t> rows{};
  std::size_t row_size = 0;

  bool settled = true;  ///< the gradient may be read while parameters are being written

  /// The rows of its gradient are no blocks of the parameter: they go through a buffer.
  bool in_columns() const { return in_rows && order == Order::column_major && row_size > element->reals; }
  /// It has a gradient, and neither that nor the parameter passes through buffers.
  bool in_one_piece() const { return !absent && parameter && gradient && !in_rows; }
};

/// Whether the only leaf is in one piece.
inline bool in_one_piece(std::span<const Leaf> leaves) { return leaves.size() == 1 && leaves.front().in_one_piece(); }

template <class X, class T>
void read_erased(const void* tensor, Order order, std::size_t first, std::size_t count, void* out) {
  constexpr std::size_t reals = reals_of<T>;
  gradus::read_elements(*static_cast<const X*>(tensor), order, first / reals, count / reals, static_cast<T*>(out));
}

template <class X, class T>
void write_erased(void* tensor, Order order, std::size_t first, std::size_t count, const void* in) {
  constexpr std::size_t reals = reals_of<T>;
  gradus::write_elements(*static_cast<X*>(tensor), order, first / reals, count / reals, static_cast<const T*>(in));
}

template <class X>
void touch_erased(void* tensor) {
  tensor_traits<X>::touch(*static_cast<X*>(tensor));
}

template <class X>
void visit_erased(const void* tensor, void* visitor, void (*visit)(void*, const void*)) {
  tensor_traits<X>::visit(*static_cast<const X*>(tensor),
                          [&](const auto& element) { visit(visitor, std::addressof(element)); });
}

template <class X>
concept HasRead = requires(const X& x, element_t<X>* out) { tensor_traits<X>::read(x, Order{}, 0, 0, out); };
template <class X>
concept HasWrite = requires(X& x, const element_t<X>* in) { tensor_traits<X>::write(x, Order{}, 0, 0, in); };

// Out of line, off the path of tensors that fit.
template <class X>
[[noreturn, gnu::noinline, gnu::cold]] void refuse_block() {
  refuse(
      {"data of tensor_traits<", type_name<X>(), "> gives nullptr; add read and write, by which it is reached else"});
}

/// Refuses a tensor that shows no block if its trait gives no other access to its elements.
template <class X, bool Written = true>
void check_block([[maybe_unused]] const void* block, [[maybe_unused]] std::size_t size) {
  if constexpr (!(HasRead<X> && (!Written || HasWrite<X>)))
    if (!block && size != 0) [[unlikely]]
      refuse_block<X>();
}

/// Fills in the parameter's half of a leaf. `walk` asks for block-wise access even if the tensor is one block.
template <WritableTensor X>
void set_parameter(Leaf& leaf, X& x, Order order, bool walk) {
  using T = element_t<X>;
  using Writable = std::remove_const_t<X>;  // a const view is written through
  Writable& tensor = const_cast<Writable&>(x);
  leaf.size = gradus::size_of(x) * reals_of<T>, leaf.order = order, leaf.element = &element_type<T>;
  leaf.tensor = std::addressof(tensor);
  leaf.read = &read_erased<Writable, T>, leaf.write = &write_erased<Writable, T>;
  T* first = tensor_traits<Writable>::data(tensor, order);
  check_block<Writable>(first, leaf.size);
  leaf.touch = nullptr;
  if constexpr (HasTouch<Writable>) leaf.touch = &touch_erased<Writable>;
  leaf.vector_is_matrix = VectorIsMatrix<X>;
  leaf.parameter = walk ? nullptr : first;
  leaf.parameter_memory = first, leaf.parameter_bytes = element_type<T>.bytes(leaf.size);
  leaf.visit = nullptr, leaf.pattern = 0;
  if constexpr (requires { tensor_traits<Writable>::corners(tensor, [](const T*) {}); })
    if (!first && leaf.size) {
      leaf.parameter_memory = nullptr, leaf.parameter_bytes = sizeof(T), leaf.visit = &visit_erased<Writable>;
      tensor_traits<Writable>::corners(tensor, [&](const T* corner) {
        if (!leaf.parameter_memory) leaf.parameter_memory = corner;
        leaf.pattern = 31 * leaf.pattern + reinterpret_cast<std::uintptr_t>(corner);
      });
    }
}

/// Fills in the gradient's half, for parameters of element type T.
template <class T, Tensor G>
void set_gradient(Leaf& leaf, const G& g, bool walk) {
  leaf.absent = false, leaf.gradient_tensor = std::addressof(g), leaf.read_gradient = &read_erased<G, T>;
  leaf.in_rows = RowTensor<G>;
  if constexpr (RowTensor<G>) {
    const auto& touched = tensor_traits<G>::touched(g);
    leaf.rows = touched.rows, leaf.row_size = touched.width * reals_of<T>, leaf.settled = true;
    leaf.gradient_memory = touched.values;
    leaf.gradient_bytes = leaf.rows.size() * touched.width * sizeof(element_t<G>);
    leaf.gradient = walk || leaf.in_columns() || !std::is_same_v<T, element_t<G>> ? nullptr : touched.values;
  } else if constexpr (LazyTensor<G>) {
    leaf.gradient = leaf.gradient_memory = nullptr;
    const auto* begin = static_cast<const std::byte*>(leaf.parameter_memory);
    const std::size_t bytes = element_type<T>.bytes(leaf.size);
    leaf.settled =
        begin && leaf.parameter_bytes == bytes && tensor_traits<G>::elementwise(g, leaf.order, begin, begin + bytes);
  } else {
    const void* first = tensor_traits<G>::data(const_cast<G&>(g), leaf.order);
    check_block<G, false>(first, leaf.size);
    leaf.settled = first != nullptr;  // a stepped view may share memory with the parameters
    leaf.gradient_memory = first, leaf.gradient_bytes = gradus::size_of(g) * sizeof(element_t<G>);
    leaf.gradient = walk || !std::is_same_v<T, element_t<G>> ? nullptr : first;
  }
}

/// Tells a tensor that asks for it that a step has written it.
inline void touch(const Leaf& leaf) {
  if (leaf.touch && !leaf.absent) leaf.touch(leaf.tensor);
}

inline void set_no_gradient(Leaf& leaf) {
  leaf.absent = leaf.settled = true, leaf.gradient = leaf.gradient_memory = leaf.gradient_tensor = nullptr;
  leaf.read_gradient = nullptr, leaf.in_rows = false;
}

}  // namespace gradus::detail
