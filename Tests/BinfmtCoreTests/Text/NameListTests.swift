// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BinfmtCore

@Suite struct NameListTests {
    /// Report C10: one name takes no more room than the words about it.
    @Test func countsNoSingleName() {
        #expect((1...6).map(String.init).nameList == "1, 2, 3, 4, 5, 6")
        #expect((1...7).map(String.init).nameList == "1, 2, 3, 4, 5, 6, 7")
        #expect((1...8).map(String.init).nameList == "1, 2, 3, 4, 5, 6 and 2 others")
    }
}
