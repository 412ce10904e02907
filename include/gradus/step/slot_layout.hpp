// SPDX-License-Identifier: MIT
#pragma once

#include <gradus/core/leaf.hpp>
#include <gradus/core/leaf_info.hpp>
#include <gradus/core/space.hpp>
#include <gradus/core/storage.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace gradus::detail {

/// Memory in cache lines, so that every slot starts on one.
struct alignas(line_size) CacheLine {
  std::byte bytes[line_size];
};

/// How many lines hold so many bytes.
constexpr std::size_t lines_of(std::size_t bytes) { return (bytes + sizeof(CacheLine) - 1) / sizeof(CacheLine); }

/// Where the slots of a leaf lie, and what the leaf was when they were made.
struct LeafSlots {
  std::string name;
  std::vector<std::size_t> shape;
  Order order{};
  std::size_t size = 0;  ///< how many numbers a slot has: a complex element has two
  const ElementType* element = nullptr;
  const ElementType* stored = nullptr;  ///< the slots' type
  std::size_t first_line = 0;           ///< of the first slot
  std::size_t lines_per_slot = 0;
  std::size_t number = 0;  ///< the leaf's number in the whole set, by which numbers are drawn

  template <class Storage, class X>
  static LeafSlots of(std::string name, const X& tensor, std::size_t first_line) {
    LeafSlots leaf;
    leaf.name = std::move(name), leaf.order = gradus::order_of(tensor), leaf.element = &element_type<element_t<X>>;
    leaf.stored = &element_type<typename Storage::template slot<element_t<X>>>;
    leaf.size = gradus::size_of(tensor) * leaf.element->reals, leaf.first_line = first_line;
    leaf.shape = gradus::extents_of(tensor);
    leaf.lines_per_slot = apart(lines_of(leaf.size * leaf.stored->size));
    return leaf;
  }

  /// Whether its slots can be seen as Ts.
  template <class T>
  bool stores() const {
    return stored == &element_type<typename real_part<T>::type> && element->reals % reals_of<T> == 0;
  }

  LeafInfo info() const { return {name, shape, element->name}; }

  /// In bytes from the first leaf's first slot.
  std::size_t offset(std::size_t slot) const { return (first_line + slot * lines_per_slot) * sizeof(CacheLine); }

  bool operator==(const LeafSlots&) const = default;

 private:
  // Pads a slot, so that an element has another offset in its page in the next slot, and its page another set in the
  // caches of addresses. Otherwise a processor that runs ahead takes one for the other and waits: up to a quarter of a
  // step. The padding is small beside large slots; small slots get none.
  static std::size_t apart(std::size_t lines) {
    constexpr std::size_t page = 4096 / sizeof(CacheLine), pages = 64 * page;
    const auto off_multiples = [&](std::size_t period) {
      const std::size_t over = lines % period, quarter = period / 4;
      if (over < quarter) lines += quarter - over;
      else if (over > period - quarter) lines += period + quarter - over;
    };
    if (lines >= 16 * pages) off_multiples(pages);
    if (lines >= page - page / 8) off_multiples(page);
    return lines;
  }
};

}  // namespace gradus::detail
