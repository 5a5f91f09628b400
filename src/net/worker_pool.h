// A fixed number of threads that run jobs in the order they came. The caller bounds how many jobs exist.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace hinomi {

class Job {
 public:
  virtual ~Job() = default;
  virtual void run() = 0;  // must not throw
};

class WorkerPool {
 public:
  WorkerPool() = default;
  ~WorkerPool() { stop(); }
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void start(unsigned threads);
  void submit(std::shared_ptr<Job> job);  // any thread
  // Runs what is queued, then joins. Not from a job.
  void stop();

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Job>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace hinomi
