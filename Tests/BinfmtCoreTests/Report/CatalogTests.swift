// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Foundation
import TestSupport
import Testing

/// The catalog that `journalctl -x` prints.
@Suite struct CatalogTests {
    @Test func everyKindOfMessageHasAnEntry() throws {
        let file = Fixtures.repository.appending(path: "systemd/binfmtd.catalog")
        let text = try String(contentsOf: file, encoding: .utf8)
        let entries = text.components(separatedBy: "\n-- ").dropFirst().map { $0.split(separator: "\n") }
        #expect(Set(entries.compactMap { $0.first.map(String.init) }) == Set(Message.Kind.allCases.map(\.rawValue)))
        #expect(entries.count == Message.Kind.allCases.count)
        for entry in entries {
            #expect(entry.count > 5 && entry[1].hasPrefix("Subject: ") && entry[2] == "Defined-By: binfmtd")
            #expect(entry[3].hasPrefix("Documentation: man:"))
            for line in entry { #expect(line.count <= 80, "\(line)") }
        }
    }

    /// journalctl inserts the first of several fields of one name, which would be one of many entries.
    @Test func aMessageAboutSeveralEntriesNamesNone() throws {
        let file = Fixtures.repository.appending(path: "systemd/binfmtd.catalog")
        let text = try String(contentsOf: file, encoding: .utf8)
        let kinds: [Message.Kind] = [.served, .restored, .registered, .replaced, .reordered, .enabled, .unregistered]
        for kind in kinds {
            let entry = try #require(text.components(separatedBy: "\n-- ").first { $0.hasPrefix(kind.rawValue) })
            #expect(!entry.contains("@BINFMT_"), "\(kind)")
        }
    }
}
