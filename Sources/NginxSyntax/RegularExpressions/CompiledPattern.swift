import CPCRE2

/// One compiled pattern, freed with its last reference.
@safe
final class CompiledPattern {
    /// How much work a match may take whose pattern says nothing of it: a tenth of what PCRE2 allows by default.
    private static let matchLimit: UInt32 = 1_000_000

    private let code: OpaquePointer

    init(_ pattern: String, ignoringCase: Bool) throws(RegularExpressionError) {
        let bytes = Array(pattern.utf8)
        var number: Int32 = 0
        var offset = 0
        let options = ignoringCase ? PCRE2_CASELESS : 0
        guard let code = unsafe pcre2_compile_8(bytes, bytes.count, options, &number, &offset, nil) else {
            throw RegularExpressionError(message: Self.message(for: number), offset: offset)
        }
        unsafe self.code = code
    }

    deinit { unsafe pcre2_code_free_8(code) }

    var captureCount: Int { Int(number(PCRE2_INFO_CAPTURECOUNT)) }

    /// The number of each named group.
    var groupNames: [String: Int] {
        let count = Int(number(PCRE2_INFO_NAMECOUNT))
        let size = Int(number(PCRE2_INFO_NAMEENTRYSIZE))
        var table: UnsafePointer<UInt8>?
        unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        guard count > 0, size > 2, let table = unsafe table else { return [:] }
        let entries = unsafe Array(UnsafeBufferPointer(start: table, count: count * size))
        var names: [String: Int] = [:]
        for start in stride(from: 0, to: entries.count, by: size) {
            let name = entries[(start + 2)..<(start + size)].prefix { $0 != 0 }
            names[String(decoding: name, as: UTF8.self)] = Int(entries[start]) << 8 | Int(entries[start + 1])
        }
        return names
    }

    /// - Parameter limit: How many steps the match may take; the pattern itself may allow fewer.
    func outcome(in subject: [UInt8], limit: UInt32 = matchLimit) -> RegularExpression.Outcome {
        guard let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil) else { return .givenUp }
        defer { unsafe pcre2_match_data_free_8(data) }
        guard let context = unsafe pcre2_match_context_create_8(nil) else { return .givenUp }
        defer { unsafe pcre2_match_context_free_8(context) }
        unsafe pcre2_set_match_limit_8(context, limit)
        let result = unsafe pcre2_match_8(code, subject, subject.count, 0, 0, data, context)
        guard result != PCRE2_ERROR_NOMATCH else { return .noMatch }
        guard result > 0, let offsets = unsafe pcre2_get_ovector_pointer_8(data) else { return .givenUp }
        return match(unsafe Array(UnsafeBufferPointer(start: offsets, count: 2 * (captureCount + 1))))
    }

    /// Reads pairs of offsets; a group that took no part has two that are no offset at all.
    private func match(_ offsets: [Int]) -> RegularExpression.Outcome {
        let groups = stride(from: 0, to: offsets.count, by: 2).map { index -> Range<Int>? in
            let (start, end) = (offsets[index], offsets[index + 1])
            return start >= 0 && start <= end ? start..<end : nil
        }
        guard let range = groups.first ?? nil else { return .noMatch }
        let named = groupNames.compactMapValues { $0 < groups.count ? groups[$0] : nil }
        return .match(RegularExpression.Match(range: range, groups: groups, namedGroups: named))
    }

    private func number(_ what: Int32) -> UInt32 {
        var value: UInt32 = 0
        unsafe pcre2_pattern_info_8(code, UInt32(what), &value)
        return value
    }

    private static func message(for number: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        unsafe pcre2_get_error_message_8(number, &bytes, bytes.count)
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
