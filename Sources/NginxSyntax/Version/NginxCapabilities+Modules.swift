extension NginxCapabilities {
    /// Modules that configure builds unless told `--without`; `stream` modules only together with `stream`.
    static let defaultModules: Set<String> = [
        "http", "http_access_module", "http_auth_basic_module", "http_autoindex_module", "http_browser_module",
        "http_charset_module", "http_empty_gif_module", "http_fastcgi_module", "http_geo_module", "http_grpc_module",
        "http_gzip_module", "http_limit_conn_module", "http_limit_req_module", "http_map_module",
        "http_memcached_module", "http_mirror_module", "http_proxy_module", "http_referer_module",
        "http_rewrite_module", "http_scgi_module", "http_split_clients_module", "http_ssi_module",
        "http_upstream_hash_module", "http_upstream_ip_hash_module", "http_upstream_keepalive_module",
        "http_upstream_least_conn_module", "http_upstream_random_module", "http_upstream_sticky_module",
        "http_upstream_zone_module", "http_userid_module", "http_uwsgi_module", "stream_access_module",
        "stream_geo_module", "stream_limit_conn_module", "stream_map_module", "stream_return_module",
        "stream_set_module", "stream_split_clients_module", "stream_upstream_hash_module",
        "stream_upstream_least_conn_module", "stream_upstream_random_module", "stream_upstream_zone_module",
    ]

    /// Modules that are none of nginx's own, each with the packages that bring it.
    static let packagesOfModules = [
        "http_brotli_filter_module": "Debian's libnginx-mod-http-brotli-filter, or Alpine's nginx-mod-http-brotli",
        "http_geoip2_module": "Debian's libnginx-mod-http-geoip2, or Alpine's nginx-mod-http-geoip2",
        "http_modsecurity_module": "Debian's libnginx-mod-http-modsecurity",
        "otel_module": "nginx.org's nginx-module-otel, for an nginx of nginx.org",
    ]

    static let modulesOfOthers = Set(packagesOfModules.keys)

    /// Modules of nginx itself that packages of distributions bring in files of their own.
    static let modulesInFiles: Set<String> = ["stream_module"]

    /// Modules that the packages of nginx.org and of Debian add.
    static let packagedModules: Set<String> = [
        "debug", "http_addition_module", "http_auth_request_module", "http_dav_module", "http_flv_module",
        "http_gunzip_module", "http_gzip_static_module", "http_mp4_module", "http_random_index_module",
        "http_realip_module", "http_secure_link_module", "http_slice_module", "http_ssl_module",
        "http_stub_status_module", "http_sub_module", "http_v2_module", "mail", "mail_ssl_module", "stream",
        "stream_realip_module", "stream_ssl_module", "stream_ssl_preread_module", "threads",
    ]
}
