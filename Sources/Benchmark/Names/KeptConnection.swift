// Each of these declares the structures of the C library, and which one is found differs.
import CDispatch
import CoreFoundation
import Foundation

/// A connection to an nginx of this machine that is kept from one request to the next.
final class KeptConnection {
    struct Answer {
        var status: Int
        var body: String
    }

    private let port: UInt16
    private var descriptor: Int32 = -1

    init(to port: UInt16) { self.port = port }

    deinit { disconnect() }

    /// Asks a host; returns `nil` where nobody answers, by a new connection either.
    func ask(_ host: String) -> Answer? {
        // A server may close a connection that nothing is sent by.
        for _ in 0..<2 {
            if let answer = send(host) { return answer }
            disconnect()
        }
        return nil
    }

    private func send(_ host: String) -> Answer? {
        guard isConnected() else { return nil }
        let request = Array("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n".utf8)
        guard Glibc.send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            if let answer = Self.answer(in: text) { return answer }
        }
    }

    /// Returns `nil` where there is more to come.
    private static func answer(in text: String) -> Answer? {
        guard let end = text.firstRange(of: "\r\n\r\n"), let status = Int(text.dropFirst(9).prefix(3)) else {
            return nil
        }
        let head = text[..<end.lowerBound].lowercased()
        let length = head.firstRange(of: "content-length: ").map { head[$0.upperBound...].prefix { $0.isNumber } }
        let body = text[end.upperBound...]
        guard body.utf8.count >= length.flatMap({ Int($0) }) ?? 0 else { return nil }
        return Answer(status: status, body: String(body))
    }

    private func isConnected() -> Bool {
        guard descriptor < 0 else { return true }
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var timeout = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in.loopback(port: port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        } == 0
    }

    private func disconnect() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}
