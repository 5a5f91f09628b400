#include "net/request_parser.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <vector>

namespace hinomi {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint64_t kBodyLimit = 100;

struct Outcome {
  int status = 0;  // 0: taken; -1: more is needed
  std::string code;
  HttpRequest request;
  std::size_t used = 0;
};

Outcome refused(const RequestParser& parser) { return {parser.fault().status, parser.fault().code, {}, 0}; }

// Feeds the bytes in pieces of the given size, as a connection would.
Outcome parse_in_pieces(std::string_view bytes, std::size_t piece) {
  RequestParser parser({512, 1024, 20});
  std::size_t head = 0;
  for (std::size_t seen = std::min(piece, bytes.size());; seen = std::min(seen + piece, bytes.size())) {
    const auto progress = parser.read_head(bytes.substr(0, seen));
    if (progress.step == RequestParser::Step::Refused) return refused(parser);
    head = progress.used;
    if (progress.step == RequestParser::Step::Done) break;
    if (seen == bytes.size()) return {-1, {}, {}, 0};
  }
  if (!parser.limit_body(kBodyLimit)) return refused(parser);
  for (std::size_t at = head;;) {
    const auto progress = parser.read_body(bytes.substr(at, piece));
    at += progress.used;
    if (progress.step == RequestParser::Step::Refused) return refused(parser);
    if (progress.step == RequestParser::Step::Done) return {0, {}, parser.take(), at};
    if (at == bytes.size()) return {-1, {}, {}, 0};
  }
}

Outcome parse(std::string_view bytes) { return parse_in_pieces(bytes, bytes.size()); }

std::string get(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: isac.example\r\n\r\n";
}
std::string post(std::string_view fields, std::string_view body) {
  return "POST /reports HTTP/1.1\r\nHost: isac.example\r\n" + std::string(fields) + "\r\n" + std::string(body);
}
std::string chunked(std::string_view body) { return post("Transfer-Encoding: chunked\r\n", body); }

struct Case {
  std::string bytes;
  int status;
  std::string code;
};

void PrintTo(const Case& shown, std::ostream* out) { *out << testing::PrintToString(shown.bytes.substr(0, 80)); }

const std::string kNul(1, '\0');

std::vector<Case> refused_heads() {
  return {
      {"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.1\nHost: a\n\n", 400, "http.line_ending"},
      {"GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400, "http.line_ending"},
      {"GET / HTTP/1.1\r\nHost: a\r\n\n", 400, "http.line_ending"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: y\rZ: w\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n", 400, "http.folded_header"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\tz\r\n\r\n", 400, "http.folded_header"},
      {"GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, "http.folded_header"},
      {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX" + kNul + ": y\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: y" + kNul + "\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX(y): z\r\n\r\n", 400, "http.syntax"},
      {"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.syntax"},
      {"GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.syntax"},
      {"GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400, "http.syntax"},
      {"GET / http/1.1\r\nHost: a\r\n\r\n", 400, "http.syntax"},
      {"GET /\r\nHost: a\r\n\r\n", 400, "http.syntax"},
      {"G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.syntax"},
      {"GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505, "http.version"},
      {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "http.version"},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http.version"},
      {kNul + "GET / HTTP/1.1\r\nHost: a\n\r\n", 400, "http.syntax"},
      {"\x16\x03\x01\x02", 400, "http.syntax"},
      {"GET / HTTP/1.1\r\n\r\n", 400, "http.host_missing"},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, "http.host_repeated"},
      {"GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", 400, "http.host_repeated"},
      {"GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, "http.host"},
      {"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400, "http.host"},
      {"GET / HTTP/1.1\r\nHost: user@a\r\n\r\n", 400, "http.host"},
      {"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "http.host"},
      {"GET / HTTP/1.1\r\nHost: a:x\r\n\r\n", 400, "http.host"},
      {"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400, "http.host"},
      {"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501, "http.method"},
      {"GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.host"},
      {"GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.target"},
      {"GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.target"},
      {"GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.target"},
      {"GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http.target"},
      {get("/a#b"), 400, "http.target"},
      {get("/\xE7\x81\xAB"), 400, "http.target"},
      {get("/" + std::string(600, 'a')), 414, "http.target_too_long"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(2000, 'y') + "\r\n\r\n", 431, "http.head_too_large"},
  };
}

std::vector<Case> refused_paths() {
  return {
      {get("/../etc"), 400, "http.path"},
      {get("/a/%2e%2e/b"), 400, "http.path"},
      {get("/a/.%2E/b"), 400, "http.path"},
      {get("/./a"), 400, "http.path"},
      {get("/a/."), 400, "http.path"},
      {get("/a/%2fb"), 400, "http.path"},
      {get("/a%2Fb"), 400, "http.path"},
      {get("/a%5cb"), 400, "http.path"},
      {get("/a\\b"), 400, "http.path"},
      {get("/a%00"), 400, "http.path"},
      {get("/a%0d%0aX:y"), 400, "http.path"},
      {get("/a%7f"), 400, "http.path"},
      {get("/a%"), 400, "http.path"},
      {get("/a%2"), 400, "http.path"},
      {get("/a%zz"), 400, "http.path"},
      {get("//a"), 400, "http.path"},
      {get("/a//b"), 400, "http.path"},
      {get("/a//"), 400, "http.path"},
      {get("/%c0%ae%c0%ae/a"), 400, "http.path"},
      {get("/%ff"), 400, "http.path"},
      {get("/%ed%a0%80"), 400, "http.path"},
      {get("/a?x=%"), 400, "http.query"},
      {get("/a?x=%ff"), 400, "http.query"},
      {get("/a?x%00=1"), 400, "http.query"},
  };
}

std::vector<Case> refused_framings() {
  return {
      {post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400, "http.syntax"},
      {post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), 400, "http.syntax"},
      {post("Content-Length: 3\r\nTransfer-Encoding: gzip\r\n", "abc"), 400, "http.syntax"},
      {post("Transfer-Encoding: identity\r\nContent-Length: 3\r\n", "abc"), 400, "http.framing"},
      {post("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"), 400, "http.syntax"},
      {post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400, "http.framing"},
      {post("Content-Length: 3, 3\r\n", "abc"), 400, "http.framing"},
      {post("Content-Length: +3\r\n", "abc"), 400, "http.syntax"},
      {post("Content-Length: -3\r\n", "abc"), 400, "http.syntax"},
      {post("Content-Length: 0x3\r\n", "abc"), 400, "http.syntax"},
      {post("Content-Length: 3 3\r\n", "abc"), 400, "http.syntax"},
      {post("Content-Length:\r\n", "abc"), 400, "http.syntax"},
      {post("Content-Length: 18446744073709551616\r\n", "abc"), 400, "http.syntax"},
      {post("Content-Length: 101\r\n", ""), 413, "http.body_too_large"},
      {post("Transfer-Encoding: gzip\r\n", ""), 501, "http.transfer_encoding"},
      {post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501, "http.transfer_encoding"},
      {post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), 501, "http.transfer_encoding"},
      {post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501, "http.transfer_encoding"},
      {post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 501, "http.transfer_encoding"},
      {post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400, "http.syntax"},
      {post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"), 400, "http.syntax"},
      {post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400, "http.framing"},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "http.framing"},
      {post("Expect: 200-maybe\r\nContent-Length: 1\r\n", "a"), 417, "http.expectation"},
  };
}

std::vector<Case> refused_chunks() {
  return {
      {chunked("3\nabc\r\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("3\r\nabc\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("3\r\nabcd\r\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("\r\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("0x3\r\nabc\r\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("+3\r\nabc\r\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("3 \r\nabc\r\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("3;a\rb\r\nabc\r\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("3;a\nb\r\nabc\r\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("3;" + std::string(300, 'a') + "\r\nabc\r\n0\r\n\r\n"), 400, "http.chunk"},
      {chunked("ffffffffffffffff\r\n"), 400, "http.chunk"},
      {chunked("fffffffffffffff\r\n"), 413, "http.body_too_large"},
      {chunked("60\r\n" + std::string(96, 'a') + "\r\n5\r\n"), 413, "http.body_too_large"},
      {chunked("0\r\nX : y\r\n\r\n"), 400, "http.chunk"},
      {chunked("0\r\n X: y\r\n\r\n"), 400, "http.chunk"},
      {chunked("0\r\nX\r\n\r\n"), 400, "http.chunk"},
      {chunked("0\r\nX: " + std::string(2000, 'y') + "\r\n\r\n"), 431, "http.head_too_large"},
  };
}

class RefusedRequest : public testing::TestWithParam<Case> {};

TEST_P(RefusedRequest, IsRefusedWithItsReasonHoweverItArrives) {
  for (const std::size_t piece : {GetParam().bytes.size(), std::size_t{1}, std::size_t{7}}) {
    const Outcome outcome = parse_in_pieces(GetParam().bytes, piece);
    EXPECT_EQ(outcome.status, GetParam().status) << testing::PrintToString(GetParam().bytes) << " by " << piece;
    EXPECT_EQ(outcome.code, GetParam().code) << testing::PrintToString(GetParam().bytes) << " by " << piece;
  }
}

INSTANTIATE_TEST_SUITE_P(Head, RefusedRequest, testing::ValuesIn(refused_heads()));
INSTANTIATE_TEST_SUITE_P(Path, RefusedRequest, testing::ValuesIn(refused_paths()));
INSTANTIATE_TEST_SUITE_P(Framing, RefusedRequest, testing::ValuesIn(refused_framings()));
INSTANTIATE_TEST_SUITE_P(Chunks, RefusedRequest, testing::ValuesIn(refused_chunks()));

TEST(RequestParser, TooManyHeaderFieldsAreRefused) {
  std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 20; ++i) bytes += "X: y\r\n";
  EXPECT_EQ(parse(bytes + "\r\n").status, 431);
}

TEST(RequestParser, AnOversizedHeadIsRefusedBeforeItEnds) {
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nX: " + std::string(1100, 'y')).status, 431);
  EXPECT_EQ(parse("GET /" + std::string(600, 'y')).status, 414);
}

TEST(RequestParser, AnIncompleteRequestAsksForMore) {
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: a\r\n").status, -1);
  EXPECT_EQ(parse(post("Content-Length: 3\r\n", "ab")).status, -1);
  EXPECT_EQ(parse(chunked("3\r\nabc\r\n0\r\n")).status, -1);
}

TEST(RequestParser, TheHeadIsGivenAsSent) {
  const Outcome outcome = parse(
      "GET /a%20b/?q=%E7%81%AB+x&q=2&empty=&bare HTTP/1.1\r\nHost: isac.example:8443\r\nX-One: 1\r\nx-one:  2 "
      "\r\n\r\n");
  ASSERT_EQ(outcome.status, 0) << outcome.code;
  const HttpRequest& request = outcome.request;
  EXPECT_EQ(request.method, Method::Get);
  EXPECT_EQ(request.path, "/a b/");
  EXPECT_EQ(request.host, "isac.example:8443");
  EXPECT_THAT(request.headers.find_all("X-ONE"), ElementsAre("1", "2"));
  ASSERT_EQ(request.query.size(), 4U);
  EXPECT_EQ(request.query[0].value, "火 x");
  EXPECT_EQ(request.query[1].value, "2");
  EXPECT_EQ(request.query[3].name, "bare");
  EXPECT_THAT(request.body, IsEmpty());
}

TEST(RequestParser, APercentSignIsDecodedOnce) { EXPECT_EQ(parse(get("/a%252e")).request.path, "/a%2e"); }

TEST(RequestParser, TheAbsoluteFormIsTakenWhenItNamesTheSameHost) {
  const Outcome outcome = parse("GET HTTP://A?x=1 HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_EQ(outcome.status, 0) << outcome.code;
  EXPECT_EQ(outcome.request.path, "/");
  EXPECT_EQ(outcome.request.parameter("x"), "1");
}

TEST(RequestParser, OptionsMayAskAboutTheWholeServer) {
  EXPECT_EQ(parse("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").request.path, "*");
}

TEST(RequestParser, Http10NeedsNoHost) { EXPECT_EQ(parse("OPTIONS / HTTP/1.0\r\n\r\n").status, 0); }

TEST(RequestParser, BodiesArriveWholeInAnyPieces) {
  const std::string sized = post("Content-Length: 7\r\n", "a\r\n\r\nbc");
  const std::string in_chunks = chunked("3\r\na\r\n\r\n04;x=\"y\"\r\n\r\nbc\r\n0\r\nX: y\r\n\r\n");
  for (const std::string& bytes : {sized, in_chunks}) {
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
      const Outcome outcome = parse_in_pieces(bytes, piece);
      ASSERT_EQ(outcome.status, 0) << outcome.code;
      EXPECT_EQ(outcome.request.body, "a\r\n\r\nbc");
      EXPECT_EQ(outcome.used, bytes.size());
    }
  }
}

TEST(RequestParser, TrailerFieldsNeverBecomeHeaders) {
  EXPECT_FALSE(parse(chunked("0\r\nAuthorization: stolen\r\n\r\n")).request.headers.has("Authorization"));
}

TEST(RequestParser, WhatFollowsARequestIsLeftForTheNext) {
  const std::string first = post("Content-Length: 3\r\n", "abc");
  EXPECT_EQ(parse(first + get("/next")).used, first.size());
  const std::string last_chunk = chunked("0\r\n\r\n");
  EXPECT_EQ(parse(last_chunk + get("/next")).used, last_chunk.size());
}

}  // namespace
}  // namespace hinomi
