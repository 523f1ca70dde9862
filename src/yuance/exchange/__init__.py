"""Exchange (交换): results out as files; Excel templates out and in and open data are not built yet."""
