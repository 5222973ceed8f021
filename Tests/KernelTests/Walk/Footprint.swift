// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// What a process uses of the host.
struct Footprint: CustomStringConvertible {
    /// In kB.
    let privateDirty: Int
    let descriptors: Int
    /// The number of inotify watches.
    let watches: Int
    let children: Int
    /// Whether a timer is set that will wake it up.
    let hasTimer: Bool

    init(of process: Int32) throws {
        let directory = "/proc/\(process)"
        func text(_ file: String) -> String {
            (try? procText("\(directory)/\(file)")) ?? ""
        }
        let memory = text("smaps_rollup").split(separator: "\n").first { $0.hasPrefix("Private_Dirty:") }
        privateDirty = memory?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first ?? 0
        let files = try FileManager.default.contentsOfDirectory(atPath: directory + "/fd")
        descriptors = files.count
        let lines = files.flatMap { text("fdinfo/\($0)").split(separator: "\n") }
        watches = lines.count { $0.hasPrefix("inotify wd:") }
        hasTimer = lines.contains { $0.hasPrefix("it_value:") && $0 != "it_value: (0, 0)" }
        children = text("task/\(process)/children").split(separator: " ").count
    }

    /// What must not grow, and is the same at each rest.
    var counts: [Int] { [descriptors, watches, children] }

    var description: String {
        "\(privateDirty) kB, \(descriptors) descriptors, \(watches) watches, \(children) children"
            + (hasTimer ? ", a timer" : "")
    }
}
