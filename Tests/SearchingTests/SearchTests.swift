import Searching
import Testing

struct SearchTests {
    @Test func `the partition point is where a walk from the beginning ends`() {
        for count in 0..<40 {
            let list = (0..<count).map { $0 / 3 }
            for value in -1...14 {
                let walked = list.firstIndex { $0 >= value } ?? list.endIndex
                #expect(list.partitionPoint { $0 < value } == walked)
                let slice = list[(count / 2)...]
                #expect(slice.partitionPoint { $0 < value } == slice.firstIndex { $0 >= value } ?? slice.endIndex)
            }
        }
    }

    @Test func `the search finds each culprit, with as many tries as halving takes`() {
        for count in 1...40 {
            for culprit in 0..<count {
                var search = HalvingSearch(count: count)
                var tries = 0
                while let length = search.next {
                    #expect((1..<count).contains(length))
                    search.note(isBad: length > culprit)
                    tries += 1
                }
                #expect(search.culprit == culprit)
                #expect(1 << tries < 2 * count)
            }
        }
    }

    @Test func `where several are bad by themselves, one of them is found`() {
        for pattern in 1..<(1 << 10) {
            let isBad = (0..<10).map { pattern >> $0 & 1 == 1 }
            guard isBad[9] else { continue }
            var search = HalvingSearch(count: 10)
            // Bad is a beginning whose last element is.
            while let length = search.next { search.note(isBad: isBad[length - 1]) }
            #expect(isBad[search.culprit])
        }
    }
}
