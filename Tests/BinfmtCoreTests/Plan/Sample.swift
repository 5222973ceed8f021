// SPDX-License-Identifier: Apache-2.0
import TestSupport

@testable import BinfmtCore

/// A file that some of the generator's entries match.
struct Sample: Hashable, CustomStringConvertible {
    let header: [UInt8]
    let filenameExtension: FilenameExtension?

    /// One sample for each pair of recognitions that can match the same file.
    static let all: [Sample] = {
        let recognitions = PlanCaseGenerator.recognitions
        let pairs = recognitions.flatMap { a in recognitions.map { (a, $0) } }.filter { $0.0.overlaps($0.1) }
        return Array(Set(pairs.map { Sample(of: [$0.0, $0.1]) }))
    }()

    /// The samples that an entry matches, by its recognition.
    private static let taken: [Recognition: Set<Int>] = {
        let taken = PlanCaseGenerator.recognitions.map { recognition in
            (recognition, Set(all.indices.filter { all[$0].has(recognition) }))
        }
        return Dictionary(taken, uniquingKeysWith: { first, _ in first })
    }()

    private init(of recognitions: [Recognition]) {
        var header = [UInt8](repeating: 0, count: MagicPattern.window)
        var filenameExtension: FilenameExtension?
        for recognition in recognitions {
            switch recognition {
            case .handler: break
            case .filenameExtension(let name): filenameExtension = name
            case .magic(let pattern):
                for (index, bits) in pattern.mask.enumerated() {
                    let place = pattern.offset + index
                    header[place] = header[place] & ~bits | pattern.magic[index] & bits
                }
            }
        }
        self.header = header
        self.filenameExtension = filenameExtension
    }

    var description: String {
        let start = header.prefix { $0 != 0 }.printable
        return filenameExtension.map { "\(start) in *.\($0)" } ?? start
    }

    private func has(_ recognition: Recognition) -> Bool {
        switch recognition {
        case .handler: false
        case .filenameExtension(let name): name == filenameExtension
        case .magic(let pattern): pattern.matches(header)
        }
    }

    static func served(_ entries: [ObservedEntry]) -> Set<Int> {
        entries.filter(\.isEnabled).compactMap(\.recognition).reduce(into: []) { $0.formUnion(taken[$1] ?? []) }
    }

    static func served(_ entries: [Entry]) -> Set<Int> {
        entries.reduce(into: []) { $0.formUnion(taken[$1.recognition] ?? []) }
    }
}
