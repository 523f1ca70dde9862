"""The demonstration city: what is invented for show (演示数据，虚构) around the few public figures of Kunming's parks.

Parks, names and the figures marked 公开 are facts with their sources; every other number is drawn by a seeded
generator and marked 演示数据（虚构）. Nothing in the engine imports this package.
"""
