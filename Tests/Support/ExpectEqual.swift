// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Compares a text with the fixture that has the expected text.
///
/// With BINFMTD_UPDATE_FIXTURES set, a file that differs is replaced by the text.
///
/// - Parameters:
///   - fixture: the file, relative to the top of the source tree.
///   - comparable: removes from both texts the parts that differ between runs.
/// - Throws: `FixtureDifference`.
package func expectEqual(
    _ text: String, fixture: String, as comparable: (String) -> String = { $0 }
) throws {
    let file = Fixtures.repository.appending(path: fixture)
    let expected =
        FileManager.default.fileExists(atPath: file.path()) ? try String(contentsOf: file, encoding: .utf8) : ""
    guard comparable(text) != comparable(expected) else { return }
    guard ProcessInfo.processInfo.environment["BINFMTD_UPDATE_FIXTURES"] != nil else {
        throw try FixtureDifference(expected, text, fixture)
    }
    try Data(text.utf8).write(to: file)
}

/// A patch that `patch -p1` applies where the new text is right.
package struct FixtureDifference: Error, CustomStringConvertible {
    package let patch: String
    package var description: String { "not as \(fixture) says; BINFMTD_UPDATE_FIXTURES=1 updates it\n\(patch)" }
    private let fixture: String

    init(_ expected: String, _ text: String, _ fixture: String) throws {
        let folder = TemporaryDirectory()
        try folder.write(expected, to: "expected")
        try folder.write(text, to: "text")
        self.fixture = fixture
        patch = try Program.run(
            "diff",
            [
                "-u", "--label", "a/\(fixture)", "--label", "b/\(fixture)", folder.path.appending("expected").string,
                folder.path.appending("text").string,
            ]
        ).output
    }
}
