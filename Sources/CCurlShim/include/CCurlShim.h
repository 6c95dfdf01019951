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

// The certificate that the server presented in the handshake of the last request, in PEM; NULL where there was none.
// The text is the handle's, and is gone with its next request.
const char *postern_curl_get_certificate(CURL *handle);

#endif
