// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage

/// Files in the four directories of binfmt.d(5), generated from a seed.
package struct BinfmtDTree: CustomStringConvertible {
    package enum Content {
        case text([UInt8])
        /// A link with this target; if that begins with `+`, a link to a file with this text elsewhere.
        case link(String)
        case directory
    }

    /// The directories, most local first.
    package static let directories = ["etc", "run", "usr/local/lib", "usr/lib"].map { "\($0)/binfmt.d" }

    /// Few names, so that they collide.
    private static let names = ["a.conf", "b.conf", "c.conf", "10-z.conf", "B.conf"].map { Array($0.utf8) }

    /// Unusual names, and names of files that do not count.
    private static let oddNames =
        [
            "ä.conf", "x y.conf", "%n.conf", "new\nline.conf", "-1.conf", "c.dpkg-old.conf", "c.conf.dpkg-new",
            ".hidden.conf", ".conf", "a.conf~", "d.CONF", "README", "conf",
        ].map { Array($0.utf8) } + [[0xff] + Array(".conf".utf8)]

    package private(set) var files: [(directory: String, name: [UInt8], content: Content)] = []
    private let seed: UInt64

    /// - Parameter withMistakes: whether to generate lines and files with errors.
    package init(seed: UInt64, withMistakes: Bool) {
        self.seed = seed
        var lines = BinfmtDLineGenerator(seed: seed, withMistakes: withMistakes)
        for _ in 0..<lines.random(1...7) {
            let directory = lines.pick(Self.directories)
            let name = lines.pick(lines.chance(20) ? Self.oddNames : Self.names)
            if files.contains(where: { $0.directory == directory && $0.name == name }) { continue }
            let content: Content =
                switch lines.random(0...19) {
                case 0: .link("/dev/null")
                case 1: .text([])
                case 2: .link("+" + String(decoding: lines.text(), as: UTF8.self))
                case 3 where withMistakes:
                    .link(lines.pick(["a.conf", "../../run/binfmt.d/b.conf", "/does/not/exist", "loop"]))
                case 4 where withMistakes: .directory
                default: .text(lines.text())
                }
            files.append((directory, name, content))
        }
    }

    /// Writes exactly these files below a directory.
    package func write(below root: FilePath) throws {
        for directory in Self.directories + ["elsewhere"] {
            let path = root.appending(directory).string
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        for (index, file) in files.enumerated() {
            let path = root.appending(file.directory).appending(name: file.name)
            switch file.content {
            case .text(let text): try Self.write(text, to: path)
            case .directory: try Self.check(path.withPlatformString { mkdir($0, 0o755) })
            case .link(let target) where target.hasPrefix("+"):
                let elsewhere = root.appending("elsewhere/\(index)")
                try Self.write(Array(target.utf8.dropFirst()), to: elsewhere)
                try Self.check(path.withPlatformString { symlink(elsewhere.string, $0) })
            case .link(let target):
                let own = target == "loop" ? path.lastComponent?.string ?? "" : target
                try Self.check(path.withPlatformString { symlink(own, $0) })
            }
        }
    }

    private static func write(_ text: [UInt8], to path: FilePath) throws {
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite, .groupRead, .otherRead])
        _ = try file.closeAfter { try file.writeAll(text) }
    }

    private static func check(_ result: Int32) throws {
        if result != 0 { throw Errno(rawValue: errno) }
    }

    package var description: String {
        let texts = files.map { file in
            let content =
                switch file.content {
                case .text(let text):
                    text.isEmpty
                        ? "empty"
                        : text.split(separator: 10).map { "\n  " + String($0.printable.prefix(200)) }.joined()
                case .link(let target): "-> " + Array(target.utf8.prefix(200)).printable
                case .directory: "a directory"
                }
            return "/\(file.directory)/\(file.name.printable) \(content)"
        }
        return "seed \(seed)\n" + texts.joined(separator: "\n")
    }
}
