#include "store/sqlite/session_book.h"

#include <gtest/gtest.h>

namespace hinomi::store::sqlite {
namespace {

Instant at(int minute) { return Instant(std::chrono::minutes(minute)); }

Session session_until(int minute, std::uint8_t secret) {
  Session session;
  session.secret_hash = Sha256{secret};
  session.expires_at = at(minute);
  return session;
}

TEST(SessionBook, ASessionIsFoundUntilItsEnd) {
  SessionBook book;
  book.put(session_until(10, 1));
  EXPECT_TRUE(book.find(Sha256{1}, at(9)));
  EXPECT_FALSE(book.find(Sha256{1}, at(10)));
  EXPECT_FALSE(book.find(Sha256{2}, at(9)));
}

TEST(SessionBook, WhatEndedIsNotFoundAndWhatExpiredIsForgotten) {
  SessionBook book;
  book.put(session_until(10, 1));
  book.put(session_until(20, 2));
  book.end(Sha256{2});
  EXPECT_FALSE(book.find(Sha256{2}, at(1)));
  book.drop_expired(at(10));
  EXPECT_FALSE(book.find(Sha256{1}, at(1)));
}

TEST(SessionBook, TheLaterWordCounts) {
  SessionBook book;
  book.put(session_until(10, 1));
  Session used = session_until(10, 1);
  used.last_used_at = at(5);
  book.put(used);
  EXPECT_EQ(book.find(Sha256{1}, at(6))->last_used_at, at(5));
}

}  // namespace
}  // namespace hinomi::store::sqlite
