#include "CCurlShim.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <string.h>

CURLcode postern_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode postern_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode postern_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode postern_curl_set_writer(CURL *handle, size_t (*writer)(char *, size_t, size_t, void *), void *context) {
    CURLcode result = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, writer);
    return result == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_WRITEDATA, context) : result;
}

CURLcode postern_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

const char *postern_curl_get_certificate(CURL *handle) {
    struct curl_certinfo *chain = NULL;
    if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain || chain->num_of_certs < 1) {
        return NULL;
    }
    for (struct curl_slist *entry = chain->certinfo[0]; entry; entry = entry->next) {
        if (strncmp(entry->data, "Cert:", 5) == 0) {
            return entry->data + 5;
        }
    }
    return NULL;
}

CURLcode postern_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

CURLcode postern_curl_set_bytes(CURL *handle, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {.data = (void *)bytes, .len = count, .flags = CURL_BLOB_COPY};
    return curl_easy_setopt(handle, option, &blob);
}

CURLcode postern_curl_set_head_reader(CURL *handle, size_t (*reader)(char *, size_t, size_t, void *), void *context) {
    CURLcode result = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, reader);
    return result == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_HEADERDATA, context) : result;
}

CURLcode postern_curl_set_error_buffer(CURL *handle, char *buffer) {
    return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

CURLcode postern_curl_set_identifier(CURL *handle, size_t identifier) {
    return curl_easy_setopt(handle, CURLOPT_PRIVATE, (void *)identifier);
}

CURLcode postern_curl_get_identifier(CURL *handle, size_t *identifier) {
    void *value = NULL;
    CURLcode result = curl_easy_getinfo(handle, CURLINFO_PRIVATE, &value);
    *identifier = (size_t)value;
    return result;
}

static int set_user_timeout(void *context, curl_socket_t socket, curlsocktype purpose) {
    unsigned milliseconds = (unsigned)(uintptr_t)context;
    (void)purpose;
    // A system that lacks the option keeps its own times.
    (void)setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
    return CURL_SOCKOPT_OK;
}

CURLcode postern_curl_set_unacknowledged_timeout(CURL *handle, unsigned milliseconds) {
    CURLcode result = curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, set_user_timeout);
    return result == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, (void *)(uintptr_t)milliseconds) : result;
}

CURLMcode postern_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

CURL *postern_curl_multi_next_ended(CURLM *multi, CURLcode *result) {
    int remaining;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &remaining));) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}
