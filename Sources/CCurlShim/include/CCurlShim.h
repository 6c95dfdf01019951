#ifndef POSTERN_CURL_SHIM_H
#define POSTERN_CURL_SHIM_H

#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take any argument, which Swift cannot call: here is one function for each
// type of argument.

CURLcode postern_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode postern_curl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode postern_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode postern_curl_set_writer(CURL *handle, size_t (*writer)(char *, size_t, size_t, void *), void *context);
CURLcode postern_curl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode postern_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);

// The bytes are copied.
CURLcode postern_curl_set_bytes(CURL *handle, CURLoption option, const void *bytes, size_t count);

// What is called with each line of the head of an answer.
CURLcode postern_curl_set_head_reader(CURL *handle, size_t (*reader)(char *, size_t, size_t, void *), void *context);

// Where libcurl says more of an error than its code does: CURL_ERROR_SIZE bytes that outlive the handle.
CURLcode postern_curl_set_error_buffer(CURL *handle, char *buffer);

// A number by which a handle is known again.
CURLcode postern_curl_set_identifier(CURL *handle, size_t identifier);
CURLcode postern_curl_get_identifier(CURL *handle, size_t *identifier);

// Connections that are made for the handle end when nothing that was sent is acknowledged within so many milliseconds,
// be it a request or a question whether the other side is still there.
CURLcode postern_curl_set_unacknowledged_timeout(CURL *handle, unsigned milliseconds);

CURLMcode postern_curl_multi_set_long(CURLM *multi, CURLMoption option, long value);

// The next transfer that has ended, with what came of it; NULL where none has.
CURL *postern_curl_multi_next_ended(CURLM *multi, CURLcode *result);

// The certificate that the server presented in the handshake of the last request, in PEM; NULL where there was none.
// The text is the handle's, and is gone with its next request.
const char *postern_curl_get_certificate(CURL *handle);

#endif
