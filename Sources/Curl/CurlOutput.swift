/// The bytes that libcurl has received for one request.
final class CurlOutput {
    var bytes: [UInt8] = []

    /// More than nginx sends of its own.
    private static let limit = 1 << 16

    /// The callback of libcurl for each part; another number than that of the bytes ends the transfer.
    static let writer: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
        data,
        size,
        count,
        context in
        guard let data = unsafe data, let context = unsafe context else { return 0 }
        let output = unsafe Unmanaged<CurlOutput>.fromOpaque(context).takeUnretainedValue()
        guard output.bytes.count + size * count <= limit else { return 0 }
        unsafe output.bytes.append(contentsOf: UnsafeRawBufferPointer(start: data, count: size * count))
        return size * count
    }
}
