// SPDX-License-Identifier: MIT
#pragma once

#include "support/fake_device.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstring>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace support {

/// Runs its tasks later, in order, on a thread of its own; or records them for replay.
class Stream {
 public:
  Stream() : thread_([this] { work(); }) {}
  ~Stream() {
    ask([this] { ended_ = true; });
    thread_.join();
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void ask(std::function<void()> what) {
    const std::lock_guard lock(mutex_);
    (recording ? recorded : asked_).push_back(std::move(what));
    changed_.notify_all();
  }
  void finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return asked_.empty(); });
  }
  void replay() {
    for (const auto& what : recorded) ask(what);
  }

  bool recording = false;
  std::deque<std::function<void()>> recorded;

 private:
  void work() {
    while (!ended_) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return !asked_.empty(); });
      const auto what = asked_.front();
      lock.unlock();
      what();
      lock.lock();
      asked_.pop_front();
      changed_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> asked_;
  bool ended_ = false;
  std::thread thread_;  // last, because it uses all other members
};

/// A backend of such a device.
struct LateDevice {
  static constexpr const char* name = "late device";
  static constexpr bool walks = false, on_device = true;

  Stream* stream;

  template <class F>
  void for_each(std::size_t count, const F& f, const char*) const {
    stream->ask([count, f] {
      for (std::size_t i = count; i-- > 0;) f(i);  // in any order
    });
  }
  void copy(void* to, const void* from, std::size_t bytes) const {
    stream->ask([=] { std::memcpy(to, from, bytes); });
  }
  void host(void (*f)(void*), void* with) const {
    stream->ask([=] { f(with); });
  }
  void finish() const { stream->finish(); }
  bool capturing() const { return stream->recording; }
};

}  // namespace support
