/// The configuration that somebody would write for the hosts of a ``ClusterText`` who knows nginx, and what backends expect of
/// ingress-nginx: what holds for all stands in `http`, and nothing else is said.
///
/// nginx reads it fast as well: the names of upstreams differ early, and one server has the certificate of all.
///
/// Its header `Host` has the client's spelling and port without a look at whether the request is for that host.
struct HandWrittenConfiguration {
    let hosts: Int
    let isLogged: Bool

    var text: String {
        let services = (0..<hosts).flatMap { ["\($0)-web", "\($0)-api"] }
        return ([main] + services.map(upstream) + (0..<hosts).map(server) + ["}\n"]).joined(separator: "\n")
    }

    private var main: String {
        """
        worker_processes 1;
        worker_rlimit_nofile 65536;
        events {
            multi_accept on;
            worker_connections 16384;
        }
        http {
        server_names_hash_max_size 65536;
        server_names_hash_bucket_size 256;
        server_tokens off;
        \(isLogged ? log : "access_log off;")
        map $http_upgrade $connection_upgrade {
            default upgrade;
            "" "";
        }
        map $http_x_request_id $request_identifier {
            default $http_x_request_id;
            "" $request_id;
        }
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade;
        proxy_set_header X-Request-ID $request_identifier;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-Port $server_port;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-Scheme $scheme;
        proxy_set_header X-Scheme $scheme;
        proxy_set_header X-Original-Forwarded-For $http_x_forwarded_for;
        proxy_set_header X-Original-Forwarded-Host $http_x_forwarded_host;
        proxy_set_header Proxy "";
        proxy_redirect off;
        proxy_buffering off;
        keepalive_requests 1000;
        ssl_session_cache shared:SSL:10m;
        ssl_session_tickets off;
        ssl_prefer_server_ciphers on;
        ssl_protocols TLSv1.2 TLSv1.3;
        server {
            listen 80 default_server;
            listen 443 default_server ssl http2;
            ssl_certificate tls/default.pem;
            ssl_certificate_key tls/default.pem;
            return 404;
        }
        """
    }

    /// With the fields of ingress-nginx's log.
    private var log: String {
        """
        log_format upstreaminfo '$remote_addr - $remote_user [$time_local] "$request" '
            '$status $body_bytes_sent "$http_referer" "$http_user_agent" '
            '$request_length $request_time [$proxy_host] [] '
            '$upstream_addr $upstream_response_length $upstream_response_time '
            '$upstream_status $request_identifier';
        access_log /dev/null upstreaminfo;
        """
    }

    private func upstream(_ service: String) -> String {
        let server = "server 10.0.0.1:8080 max_fails=0;"
        return "upstream \(service) {\n\(server)\n\(server)\n\(server)\nkeepalive 32;\n}"
    }

    private func server(_ number: Int) -> String {
        """
        server {
            listen 80;
            listen 443 ssl http2;
            server_name \(ClusterText.host(number));
            location / { proxy_pass http://\(number)-web; }
            location /api/ { proxy_pass http://\(number)-api; }
            location = /api { proxy_pass http://\(number)-api; }
        }
        """
    }
}
