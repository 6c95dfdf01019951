import NginxSyntax
import ProxyConfiguration

extension ValueParser<Expression> {
    static let plainSpanName = ValueParser(
        type: "letters, digits, '-' and '_'",
        examples: ["shop", "pay_v2"]
    ) { text throws(ValueError) in
        guard !text.isEmpty, text.utf8.allSatisfy({ VariableName.isNameByte($0) || $0 == UInt8(ascii: "-") }),
            let name = Expression(literal: text)
        else { throw ValueError(reason: "holds something else than letters, digits, '-' and '_'") }
        return name
    }

    static let spanName = ValueParser(
        type: "text with variables",
        examples: ["shop", "HTTP $request_method $service_name $uri"]
    ) { text throws(ValueError) in
        let known = KnownVariables.ofTests.adding(LogVariable.allCases.map(\.name))
        let parts = try Expression.parts(of: text, known) { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        guard !parts.isEmpty, let name = Expression(parts: parts) else {
            throw ValueError(reason: "is empty, or too long")
        }
        return name
    }
}

extension ValueParser<Text> {
    static let collectorHost = ValueParser(
        type: "host or address",
        examples: ["otel-collector.observability.svc", "10.0.0.7"],
        write: \.value
    ) { text throws(ValueError) in
        guard HostName(text) != nil || IPAddress(text) != nil, let host = Text(text) else {
            throw ValueError(reason: "is neither a host's name nor an address")
        }
        return host
    }

    static let tracedService = ValueParser(
        type: "text",
        examples: ["nginx", "edge-1"],
        write: \.value
    ) { text throws(ValueError) in
        guard (1...200).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != 0x24 }),
            let name = Text(text)
        else { throw ValueError(reason: "is no text of up to 200 characters") }
        return name
    }
}

extension ValueParser<Number> {
    static let batch = ValueParser(type: "number from 1 to 65535", examples: ["512", "1024"]) {
        text throws(ValueError) in
        let number = try Self.count.parse(text)
        guard (1...65_535).contains(number.value) else { throw ValueError(reason: "is not from 1 to 65535") }
        return number
    }
}

extension ValueParser<TimeSpan> {
    static let milliseconds = ValueParser(
        type: "milliseconds",
        examples: ["5000", "250"],
        write: { "\($0.milliseconds)" }
    ) { text throws(ValueError) in
        guard let number = Int(text), (1...3_600_000).contains(number), let time = TimeSpan(milliseconds: number) else {
            throw ValueError(reason: "is no number of milliseconds from 1 to an hour")
        }
        return time
    }
}

extension ValueParser<TraceCollector.Method> {
    static let samplingMethod = ValueParser(
        type: "AlwaysOn, AlwaysOff or TraceIdRatioBased",
        examples: TraceCollector.Method.allCases.map(\.rawValue),
        write: \.rawValue
    ) { text throws(ValueError) in
        guard let method = TraceCollector.Method(rawValue: text) else {
            throw ValueError(reason: "is none of AlwaysOn, AlwaysOff and TraceIdRatioBased")
        }
        return method
    }
}

extension ValueParser<Int> {
    /// A share, in ten-thousandths.
    static let ratio = ValueParser(
        type: "number from 0 to 1",
        examples: ["0.01", "0.5"],
        write: { "\(Double($0) / 10_000)" }
    ) { text throws(ValueError) in
        guard let share = Double(text), (0...1).contains(share) else { throw ValueError(reason: "is not from 0 to 1") }
        return Int((share * 10_000).rounded())
    }
}
