package import Curl

/// An answer that is read while it comes; it ends when nobody holds it any more.
package struct APIStream: Sendable {
    private let reply: TransferReply
    /// A session ends with the last who needs it.
    private let session: CurlSession
    package let head: TransferHead

    init(_ reply: TransferReply, _ head: TransferHead, of session: CurlSession) {
        self.reply = reply
        self.head = head
        self.session = session
    }

    /// The next part; `nil` at the end.
    package func next() async throws(APIError) -> [UInt8]? {
        do throws(TransferError) {
            return try await reply.next()
        } catch {
            throw APIError(error)
        }
    }

    /// All that comes, if that is no more than `limit` bytes.
    package func collect(upTo limit: Int) async throws(APIError) -> [UInt8] {
        var body: [UInt8] = []
        while let part = try await next() {
            guard body.count + part.count <= limit else { throw .tooLarge(limit: limit) }
            body += part
        }
        return body
    }
}
