// SPDX-License-Identifier: MIT
// Three types that no library knows, each made known to gradus by a trait: what docs/tensors.md promises to whoever
// writes one.
#include "support/tensor_laws.hpp"

#include <gradus/optimizer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <forward_list>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using support::TensorLaws;

namespace {

/// Numbers in separately allocated pieces.
template <class T>
struct LinkedChunks {
  static constexpr std::size_t most = 37;
  std::size_t size = 0;
  std::forward_list<std::array<T, most>> chunks{};

  explicit LinkedChunks(std::size_t n) : size(n), chunks((n + most - 1) / most) {}
  T& operator[](std::size_t i) { return (*std::next(chunks.begin(), static_cast<std::ptrdiff_t>(i / most)))[i % most]; }
  const T& operator[](std::size_t i) const { return const_cast<LinkedChunks&>(*this)[i]; }
};

/// Points as a struct of arrays; a tensor of shape (2, n).
struct Points {
  std::vector<double> x, y;
  double& operator()(std::size_t which, std::size_t i) { return (which == 0 ? x : y)[i]; }
  double operator()(std::size_t which, std::size_t i) const { return const_cast<Points&>(*this)(which, i); }
};

/// A file of floats mapped into memory; copies share the file.
class MappedFile {
 public:
  MappedFile(const std::string& path, std::size_t count) : size_(count) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
    REQUIRE(file >= 0);
    REQUIRE(::ftruncate(file, static_cast<off_t>(count * sizeof(float))) == 0);
    memory_ = ::mmap(nullptr, count * sizeof(float), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    REQUIRE(memory_ != MAP_FAILED);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() { ::munmap(memory_, size_ * sizeof(float)); }

  float* data() const { return static_cast<float*>(memory_); }
  std::size_t size() const { return size_; }

 private:
  std::size_t size_;
  void* memory_ = nullptr;
};

}  // namespace

template <class T>
struct gradus::tensor_traits<LinkedChunks<T>> {
  using X = LinkedChunks<T>;
  using value_type = T;
  static std::array<std::size_t, 1> shape(const X& x) { return {x.size}; }
  static T* data(X& x, Order) { return x.size <= X::most && x.size != 0 ? x.chunks.front().data() : nullptr; }
  static void read(const X& x, Order, std::size_t first, std::size_t count, T* out) {
    for (std::size_t i = 0; i < count; ++i) out[i] = x[first + i];
  }
  static void write(X& x, Order, std::size_t first, std::size_t count, const T* in) {
    for (std::size_t i = 0; i < count; ++i) x[first + i] = in[i];
  }
};

template <>
struct gradus::tensor_traits<Points> {
  using value_type = double;
  static std::array<std::size_t, 2> shape(const Points& p) { return {2, p.x.size()}; }
  static double* data(Points&, Order) { return nullptr; }
  static void read(const Points& p, Order, std::size_t first, std::size_t count, double* out) {
    for (std::size_t i = first; i < first + count; ++i) *out++ = p(i / p.x.size(), i % p.x.size());
  }
  static void write(Points& p, Order, std::size_t first, std::size_t count, const double* in) {
    for (std::size_t i = first; i < first + count; ++i) p(i / p.x.size(), i % p.x.size()) = *in++;
  }
};

template <>
struct gradus::tensor_traits<MappedFile> {
  using value_type = float;
  static constexpr bool view = true;
  static std::array<std::size_t, 1> shape(const MappedFile& file) { return {file.size()}; }
  static float* data(const MappedFile& file, Order) { return file.data(); }
};

TEST_SUITE_BEGIN("own types");

TEST_CASE_TEMPLATE("linked chunks obey the laws", T, float, double) {
  const auto element = [](auto& x, std::size_t i) -> auto& { return x[i]; };
  for (const std::size_t size : {0u, 1u, 37u, 38u, 2053u})
    TensorLaws<T, 1>({size}).hold(LinkedChunks<T>(size), element);
}

TEST_CASE("a struct of arrays obeys the laws") {
  const auto element = [](auto& p, std::size_t which, std::size_t i) -> auto& { return p(which, i); };
  for (const std::size_t size : {0u, 1u, 777u})
    TensorLaws<double, 2>({2, size}).hold(Points{std::vector<double>(size), std::vector<double>(size)}, element);
}

TEST_CASE("a file in memory obeys the laws, and has what was written") {
  const std::string path = "gradus_own_types_test.tmp";
  const auto element = [](const auto& file, std::size_t i) -> auto& { return file.data()[i]; };
  {
    MappedFile file(path, 2053);
    TensorLaws<float, 1>({2053}).hold(file, element);
    const gradus::Optimizer optimizer{gradus::LearningRate{0.5}};
    auto state = optimizer.init(file);
    std::fill_n(file.data(), file.size(), 1.0f);
    optimizer.descend(file, file, state);
  }
  float read = 0;
  std::ifstream stream(path, std::ios::binary);
  stream.seekg(2052 * sizeof(float));
  stream.read(reinterpret_cast<char*>(&read), sizeof read);
  std::remove(path.c_str());
  CHECK(read == 0.5f);
}

TEST_SUITE_END();
