import Testing
import TextCoding

struct HexadecimalTests {
    @Test func `each byte is two digits, which have its value`() {
        for byte in UInt8.min...UInt8.max {
            let text = [byte].hexadecimal
            #expect(text.utf8.count == 2 && text == text.lowercased() && UInt8(text, radix: 16) == byte)
            let digits = text.uppercased().utf8.compactMap(\.hexadecimalValue)
            #expect(digits == [byte >> 4, byte & 15])
        }
        #expect([0, 1, 0xAB].hexadecimal == "0001ab")
    }

    @Test func `only sixteen digits have a value, ten of them in one case`() {
        let digits = (UInt8.min...UInt8.max).filter { $0.hexadecimalValue != nil }
        #expect(String(decoding: digits, as: UTF8.self) == "0123456789ABCDEFabcdef")
    }

    @Test func `a number has all its digits`() {
        #expect(UInt64(0xABC).hexadecimal == "0000000000000abc")
        #expect(UInt64.max.hexadecimal == "ffffffffffffffff")
    }

    /// From the [vectors of its authors](http://www.isthe.com/chongo/src/fnv/test_fnv.c).
    @Test(
        arguments: [
            ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
        ] as [(String, UInt64)]
    )
    func `the stable hash is FNV-1a`(text: String, hash: UInt64) {
        #expect(text.utf8.stableHash == hash)
    }
}
