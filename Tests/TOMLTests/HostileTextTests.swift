// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LocatedTOML

/// Texts that make a reader go over the same bytes again and again. (Report B13: one of 1 MiB took 96 s.)
///
/// The work is counted, not timed: bytes that were examined, for each byte of the text.
@Suite struct HostileTextTests {
    /// A beginning, and what is repeated after it.
    struct HostileText: Sendable, CustomTestStringConvertible {
        let beginning: String
        let unit: String

        init(_ beginning: String, _ unit: String) {
            self.beginning = beginning
            self.unit = unit
        }

        var testDescription: String { (beginning + unit).debugDescription }

        func bytes(count: Int) -> [UInt8] {
            Array((beginning + String(repeating: unit, count: count / unit.utf8.count)).utf8)
        }
    }

    static let texts = [
        // Each header may belong to a skipped element, so the next one is searched for; each `[` may close anywhere.
        HostileText("[[a]]\n[[a?\n", "[a.b]\nx [\n"),
        HostileText("[[a]]\n[[a?\n", "[a.b]\nx = [\n"),
        HostileText("[[a]]\n[[a?\n", "[a.b]\nx {\n"),
        HostileText("[[a]]\n[[a?\n", "[a.b]\nx \"\"\"\n"),
        HostileText("[[a]]\n[[a?\n", "[a.b]\nx '''y'''\"\"\"\n"),
        HostileText("[[a]]\n[[a?\n", "[[a.b]]\nx [\n"),
        HostileText("[[a]]\n[[a.b]]\n[[a?\n", "[a.b.c.d.e.f.g.h]\nx [\ny [\nz [\n"),
        HostileText("[[a]]\n[[a]]\n[[a?\n[[a]]\n[[a?\n", "[a.b]\nx [\n"),
        // Without a header in doubt.
        HostileText("[a?\n", "x [\n"),
        HostileText("[a?\n", "x [[[[[[[[\n"),
        HostileText("[a?\n", "x = '''\n"),
        HostileText("", "x = [ ?\n"),
        HostileText("", "x = [\n[ ?\n"),
        HostileText("", "x = [\n\"\"\"\n?\n"),
        HostileText("", "x = { y = [ ?\n"),
        HostileText("", "x = {\n[ ?\n"),
        HostileText("", "x = {\n"),
        HostileText("", "x = {y = 1,\n"),
        HostileText("[a?\n", "x = {\ny = [\n"),
        HostileText("x = {", "y = 1,\n# {\n"),
        HostileText("", "[[a.b.c.d]\n"),
        HostileText("[[a]]\n", "[[a]\n"),
        HostileText("x = ?\n", "x [\n"),
    ]

    @Test(arguments: texts)
    func isReadInLinearTime(_ text: HostileText) {
        let bytes = text.bytes(count: 1 << 15)
        var reader = RecoveringReader(bytes)
        reader.read()
        #expect(!reader.errors.isEmpty)
        #expect(reader.errors.count <= TOMLLimits.standard.errors)
        #expect(reader.examined <= 20 * bytes.count, "\(reader.examined / bytes.count) times")
    }

    /// Whether an array's last element is in doubt is a comparison, whatever the number of arrays: what marked each of
    /// them at each error took as long as the file has tables.
    @Test func doubtsAllArraysAtOnce() {
        let arrays = (0..<40).map { "[[a\($0)]]\n[[a\($0).b]]\n" }.joined()
        let headers = (0..<40).map { "[a\($0).b.c]\nx = 1\n" }.joined()
        let document = TOMLDocument(recovering: Array((arrays + "[?]\n" + headers).utf8))
        for number in 0..<40 {
            #expect(document.table["a\(number)"]?.array?.first?.table.map(dump) == "!{b = [{}]}")
        }
    }

    /// What is given up is marked, so that no reader takes the rest for complete.
    @Test func givesUpWithAnErrorAndDamage() {
        let document = TOMLDocument(recovering: HostileText("[[a]]\n[[a?\n", "[a.b]\nx [\n").bytes(count: 1 << 12))
        #expect(document.errors.last?.reason == .tooManyErrors)
        #expect(document.table.isDamaged)
    }
}
