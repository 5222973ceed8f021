// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The path of an interpreter, with `{target}` in place of a target's name.
struct InterpreterTemplate: Hashable, Sendable {
    /// The texts before, between and after the places of the name.
    private let pieces: [String]

    init(_ text: String) {
        let place = "{target}".utf8
        var pieces: [String] = []
        var piece: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: place) {
                pieces.append(String(decoding: piece, as: UTF8.self))
                piece = []
                rest = rest.dropFirst(place.count)
            } else {
                piece.append(byte)
                rest = rest.dropFirst()
            }
        }
        self.pieces = pieces + [String(decoding: piece, as: UTF8.self)]
    }

    func path(for target: QemuTarget) -> FilePath {
        var path = pieces[0]
        for piece in pieces.dropFirst() { path += target.interpreterName + piece }
        return FilePath(path)
    }
}
